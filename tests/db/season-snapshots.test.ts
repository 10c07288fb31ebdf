import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { completeJob } from '../../lib/complete-job.ts';
import { sha256 } from '../../lib/contract/canonical.ts';
import { SeasonSnapshot } from '../../lib/contract/season-snapshot.ts';
import { SnapshotRow } from '../../lib/contract/snapshot.ts';
import { audit } from '../../lib/db/audit.ts';
import { leaseJob } from '../../lib/db/lease.ts';
import { reconcile } from '../../lib/db/reconcile.ts';
import { rescore } from '../../lib/db/rescore.ts';
import { enterSeason, mayBeEntered } from '../../lib/db/season-entries.ts';
import { seasonRows } from '../../lib/db/season-rows.ts';
import { beginClose, closeSeason, findWholeSeason, requireSeason } from '../../lib/db/seasons.ts';
import { submitBaseline } from '../../lib/db/submit.ts';
import { houseIdentity, userOf } from '../../lib/db/users.ts';
import { exportSeason, importSeason } from '../../lib/season-snapshot.ts';
import { exportSnapshot, importSnapshot } from '../../lib/snapshot.ts';
import { baselineNamed } from '../../runner/defenses/index.ts';
import { onEveryDriver } from '../support/drivers.ts';
import * as queue from '../support/queue.ts';
import { evaluatedInPublic, openedSeason, person, submissionOf } from '../support/season.ts';
import { execute } from '../support/sql.ts';

/** A season that was held on one site, as another one shows it. */

/** A process learns a season's undefended numbers once: each driver has a season of its own. */
let seasons = 0;
const entered = ['none', 'dp-sgd', 'clip-only'] as const;
function textOf(baseline: string) {
  const { id, name: called, kind, code, card } = baselineNamed(baseline);
  return { id, name: called, kind, code, card };
}
const baselines = entered.map(textOf);
const accuracies = { none: 0.6, 'dp-sgd': 0.8, 'clip-only': 0.7 };

onEveryDriver(() => {
  const name = `2027-0${++seasons}`;
  const suiteId = `season-smoke-${name}`;
  let house: string;
  let snapshot: SeasonSnapshot;
  let rows: SnapshotRow[];
  let before: Awaited<ReturnType<typeof shown>>;

  const shown = async () =>
    (await seasonRows(await requireSeason(name), null))
      .map(({ id: _, submission: __, tied, ...row }) => ({
        ...row,
        tied: tied.length,
      }))
      .sort((a, b) => `${a.baseline}`.localeCompare(`${b.baseline}`)); // rows of one mean stand in the order of their ids

  /** As on a site that never saw the season. */
  const forget = async () => {
    for (const table of [
      'season_entries',
      'season_runners',
      'seasons',
      'results',
      'attempts',
      'evaluation_jobs',
      'jobs',
    ])
      await execute(sql`delete from ${sql.identifier(table)}`);
    await execute(sql`delete from evaluations where season <> ''`);
  };

  beforeAll(async () => {
    await reconcile(); // a first lease would ask for the public work of the submissions below
    house = await userOf(houseIdentity);
    const digests = new Map<string, string>();
    for (const { id, code } of baselines) digests.set(id, await sha256(code));
    const organizer = await person('Olga', 'organizer');
    const stranger = await person('Ada');
    const runner = await queue.makeRunner();
    const season = await openedSeason(name, { runners: [runner.id], note: 'A demonstration.' });
    const enter = async (baseline: (typeof baselines)[number]) => {
      const submission = await submitBaseline(house, baseline);
      await evaluatedInPublic(submission);
      await enterSeason(organizer, submission, name);
    };
    for (const baseline of baselines) await enter(baseline);
    await enterSeason(stranger, await submissionOf(stranger), name);
    await expect(exportSeason(name)).rejects.toThrow(/is open; it is kept when it is closed/);
    await beginClose(name, season.holder);
    await enter(textOf('mixup')); // late
    for (;;) {
      const token = queue.newToken();
      const leased = await leaseJob({ id: runner.id, labels: [...runner.leaseLabels, `season:${name}`] }, token);
      if (!leased) break;
      const own = entered.find((id) => leased.moduleSha256 === digests.get(id));
      const result = queue.resultFor(leased, { cleanAccuracy: own ? accuracies[own] : 0.5 });
      const sealed = await queue.sealedBy(runner, result);
      expect(await completeJob(runner, queue.fenceOf(runner, leased, token), sealed)).toBe('accepted');
    }
    await closeSeason({ name, holder: season.holder, disclosure: season.disclosure, now: false });
    snapshot = SeasonSnapshot.parse(JSON.parse(JSON.stringify(await exportSeason(name))));
    rows = (await exportSnapshot(suiteId)).map((row) => SnapshotRow.parse(JSON.parse(JSON.stringify(row))));
    before = await shown();
  });

  it('takes the reference defenses along, and nobody else', () => {
    expect(rows.map(({ baseline }) => baseline).sort()).toEqual([...entered].sort());
    expect(before.map(({ baseline }) => baseline).sort()).toEqual([...entered, 'mixup', null].sort());
    expect(before.find(({ baseline }) => baseline === 'mixup')).toMatchObject({ late: true, state: 'scored' });
  });

  it('has its places stored: they are read, checked, mended by a rescore, and computed again where they follow from something else', async () => {
    const places = async () => new Map((await shown()).map(({ baseline, rank }) => [baseline, rank]));
    const ofSeason = async (check: boolean) =>
      (await rescore({ check, after: null })).differences.filter(({ path }) => path.startsWith('place'));
    const good = await places();
    expect(good.get('dp-sgd')).not.toBeNull();
    expect(await ofSeason(true)).toEqual([]);
    const spoil = () =>
      execute(sql`update seasons set places = jsonb_set(places, '{0,1,compared}', '99') where name = ${name}`);
    await spoil();
    expect((await shown()).map(({ compared }) => compared)).toContain(99);
    expect(await ofSeason(true)).toMatchObject([
      { suite: suiteId, path: 'place.compared', stored: '99', computed: '4' },
    ]);
    expect((await shown()).map(({ compared }) => compared)).toContain(99); // a check changes nothing
    expect(await ofSeason(false)).toHaveLength(1);
    expect(await ofSeason(true)).toEqual([]);
    await spoil();
    await execute(sql`update seasons set places_inputs = 'other' where name = ${name}`);
    expect(await ofSeason(true)).toEqual([]); // nobody is shown them
    expect(await places()).toEqual(good);
    expect((await shown()).map(({ compared }) => compared)).not.toContain(99);
  });

  it('is shown by a site that never saw it with the same places and numbers, and that site’s audit finds nothing wrong', async () => {
    await forget();
    expect(await importSeason(snapshot)).toBe(true);
    expect(await shown()).toEqual([]);
    for (const row of rows)
      expect(await importSnapshot(house, row, baselines.find(({ id }) => id === row.baseline)!)).toBe(true);
    expect(await findWholeSeason(name)).toEqual(snapshot.season);
    const numbers = ({ baseline, scores, state, late }: (typeof before)[number]) => ({ baseline, scores, state, late });
    const ours = before.filter(({ baseline }) => (entered as readonly (string | null)[]).includes(baseline));
    expect((await shown()).map(numbers)).toEqual(ours.map(numbers));
    expect(new Set(ours.map(({ state }) => state))).toEqual(new Set(['scored']));
    expect((await audit()).problems.filter((words) => /season|imported/.test(words))).toEqual([]);
    expect(await exportSnapshot(suiteId)).toEqual([]); // nothing of it was computed here
    expect(await exportSeason(name)).toEqual(snapshot);
  });

  it('takes no late entry where no runner is left that holds its files', async () => {
    const author = await person('Lee');
    const submission = await submissionOf(author);
    const runnersAre = (state: string) =>
      execute(sql`
        update runners set state = ${state}::runner_state where id in (select runner_id from season_runners where season = ${name})`);
    await forget();
    await importSeason(snapshot);
    await runnersAre('retired'); // as one from elsewhere is
    expect(await mayBeEntered(await requireSeason(name))).toBe(false);
    await expect(enterSeason(author, submission, name)).rejects.toThrow(
      /is over, and no runner of this site holds its/,
    );
    await runnersAre('active');
    expect(await mayBeEntered(await requireSeason(name))).toBe(true);
    expect(await enterSeason(author, submission, name)).toMatchObject({ late: true });
  });

  it('is there once, however often it is brought, and one that was held here stays as it is', async () => {
    await forget();
    expect(await importSeason(snapshot)).toBe(true);
    expect(await importSeason(snapshot)).toBe(false);
    await forget();
    const own = await openedSeason(name);
    expect(await importSeason(snapshot)).toBe(false);
    expect(await findWholeSeason(name)).toMatchObject({ state: 'open', commitment: own.commitment });
    await expect(importSnapshot(house, rows[0]!, baselines[0]!)).rejects.toThrow(/this site's suite is sha256:/);
  });

  it('a row of a season that is open here names its runner among those that hold the files, once', async () => {
    await forget();
    await importSeason(snapshot);
    const own = await queue.makeRunner();
    await execute(sql`update seasons set state = 'open', disclosure = null, closed_at = null where name = ${name}`);
    await execute(sql`update season_runners set runner_id = ${own.id}::uuid where season = ${name}`);
    for (const row of rows)
      expect(await importSnapshot(house, row, baselines.find(({ id }) => id === row.baseline)!)).toBe(true);
    expect((await requireSeason(name)).runners).toMatchObject([
      { id: own.id, addedAt: null, reason: null },
      { id: rows[0]!.runner.id, addedAt: expect.any(String), reason: expect.stringMatching(/reference row/) },
    ]);
    const ours = new Set(rows.map((row) => row.baseline as string | null));
    expect((await shown()).filter(({ baseline }) => ours.has(baseline))).toHaveLength(rows.length);
    expect((await audit()).problems.filter((words) => /season|imported/.test(words))).toEqual([]);
  });

  describe('is refused, and nothing of it is stored, where', () => {
    const other = `sha256:${'0'.repeat(64)}` as const;
    it.each<[string, () => SeasonSnapshot, RegExp]>([
      [
        'it is not what was committed to',
        () => ({ ...snapshot, season: { ...snapshot.season, commitment: other } }),
        /not those of the commitment/,
      ],
      ['a runner’s key is missing', () => ({ ...snapshot, runners: [] }), /no key of runner/],
    ])('%s', async (_, bad, reason) => {
      await forget();
      await expect(importSeason(bad())).rejects.toThrow(reason);
      expect(await findWholeSeason(name)).toBeNull();
    });

    it('a row comes before its season', async () => {
      await forget();
      await expect(importSnapshot(house, rows[0]!, baselines[0]!)).rejects.toThrow(/this site's suite is unknown/);
    });
  });
});
