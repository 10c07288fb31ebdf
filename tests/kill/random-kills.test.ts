import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { chores } from '../../lib/catalog/chores.ts';
import { connectTo } from '../../lib/db/client.ts';
import { buildSite } from '../../runner/start/build-site.ts';
import { built } from '../support/built.ts';
import { eventually } from '../support/eventually.ts';
import { bundleFalseRunner } from '../support/kill/bundle.ts';
import { Disk } from '../support/kill/disk.ts';
import { allEnded, boardsOf, type Entry, entriesFor, type Seen, submitAll, tokenAt } from '../support/kill/entries.ts';
import { type Done, harass } from '../support/kill/faults.ts';
import { type DatabaseKind, House } from '../support/kill/house.ts';
import { randomOf } from '../support/kill/random.ts';
import { execute } from '../support/sql.ts';

const seed = Number(process.env.KILL_SEED ?? 1);
const hours = 3_600_000;

/** So many are submitted to core-1 and to smoke-1; fewer on a slow machine. */
const [core, smoke] = (process.env.KILL_ENTRIES ?? '20,40').split(',').map(Number) as [number, number];
const entries = entriesFor(core, smoke);
/** With the defaults 300: two for smoke-1, and ten for core-1 where smoke-1 was passed. */
const jobCount = entries.reduce((sum, { suite, throws }) => sum + 2 + (suite === 'core-1' && !throws ? 10 : 0), 0);

let program: string;
beforeAll(async () => {
  built();
  await buildSite(() => {}, new AbortController().signal);
  program = await bundleFalseRunner();
}, hours);

type Counts = { checks: number } & Record<string, number>;
type Outcome = { boards: unknown[]; seen: Seen; done: Done; seconds: number; counts: Counts; problems: string[] };

const never = new Promise<never>(() => {});

/** Has all of them evaluated, while that is done to the house which the seed says, or nothing. */
async function evaluated(kind: DatabaseKind, all: readonly Entry[], schedule: number | null): Promise<Outcome> {
  const random = randomOf(schedule ?? 0);
  const restMs = schedule === null ? () => 0 : () => 2000 * random();
  const house = await House.start(kind, program, schedule === null ? 50 : 4000, restMs);
  const seen: Seen = { submitted: new Map(), wrong: [] };
  const stop = new AbortController();
  try {
    const token = await tokenAt(house);
    const begin = performance.now();
    const harassed = schedule === null ? Promise.resolve({}) : harass(house, random, stop.signal);
    const work = async () => {
      await submitAll(house, token, all, schedule === null ? 0 : 500, seen);
      await allEnded(house, all, seen);
    };
    await Promise.race([work(), harassed.then(() => never)]); // a fault that can't be done ends it
    const seconds = (performance.now() - begin) / 1000;
    stop.abort();
    const done = await harassed;
    await eventually(house.isWell);
    const boards = await boardsOf(house, seen);
    const { problems } = await house.chore(chores.audit, {});
    await Promise.all(house.runners.map((runner) => runner.stop()));
    await house.site.stop();
    const counts = await countsOf(house);
    return { boards, seen, done, seconds, counts, problems };
  } catch (error) {
    console.error(house.site.words.slice(-4000), house.runners.map(({ words }) => words.slice(-1000)).join('\n'));
    throw error;
  } finally {
    stop.abort();
    await house.stop();
  }
}

/** What is in the database when all is over. */
async function countsOf(house: House) {
  const connection = await connectTo(house.place);
  try {
    const [row] = await execute<Counts>(sql`select
      (select count(*)::int from submissions) as submissions,
      (select count(*)::int from evaluations) as evaluations,
      (select count(*)::int from jobs where checks is null) as jobs,
      (select count(*)::int from jobs where checks is not null) as checks,
      (select count(*)::int from jobs where state <> 'succeeded') as unfinished,
      (select count(*)::int from results) as results,
      (select count(*)::int from events where kind = 'result.accepted') as accepted,
      (select count(*)::int from attempts where outcome = 'succeeded') as attempts,
      (select count(*)::int from attempts where ended_at is null) as open,
      (select count(*)::int from verdicts where verdict = 'same') as same,
      (select count(*)::int from scores) as scores`);
    return row!;
  } finally {
    await connection.close();
  }
}

describe.runIf(Disk.isPossible())('while site, runners and database are killed and the disk fails', () => {
  let calm: Outcome;
  beforeAll(async () => {
    calm = await evaluated('pglite', entries, null);
    const { checks } = calm.counts;
    const results = jobCount + checks;
    expect(calm.seen.wrong).toEqual([]);
    expect(calm.counts).toEqual({
      submissions: entries.length,
      evaluations: entries.length + core,
      jobs: jobCount,
      checks,
      unfinished: 0,
      results,
      accepted: results,
      attempts: results,
      open: 0,
      same: checks,
      scores: entries.length + core,
    });
  }, hours);

  it.each(['pglite', 'postgres'] as const)(
    `${jobCount} jobs come to the board of a calm day, each once, on %s`,
    async (kind) => {
      const wild = await evaluated(kind, entries, seed);
      console.log(JSON.stringify({ kind, seed, jobs: jobCount, done: wild.done, seconds: Math.round(wild.seconds) }));
      expect(wild.seen.wrong).toEqual([]);
      expect(wild.counts).toEqual(calm.counts);
      expect(wild.problems).toEqual([]);
      expect(wild.boards).toEqual(calm.boards);
    },
    hours,
  );
});
