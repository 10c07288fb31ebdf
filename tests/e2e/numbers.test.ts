import { afterAll, beforeAll, expect, it } from 'vitest';
import { chores } from '../../lib/catalog/chores.ts';
import { suiteNamed } from '../../lib/catalog/suites/index.ts';
import { StandingsJson } from '../../lib/contract/api.ts';
import { openSnapshot } from '../../lib/contract/snapshot.ts';
import { referenceOf } from '../../lib/scoring/references.ts';
import { scoresOf } from '../../lib/scoring/score.ts';
import { committedRows } from '../../runner/client/snapshots.ts';
import { baselineNamed } from '../../runner/defenses/index.ts';
import { PageSite } from '../support/page-site.ts';

let site: PageSite;
beforeAll(async () => {
  site = await PageSite.start();
}, 600_000);
afterAll(() => site?.stop());

const rows = committedRows('core-1').filter(({ baseline }) => /^(dp-sgd|deep-knn|dpa)$/.test(baseline));

it('the built site reads the reference as the command line does: their scores are the same to the last bit', async () => {
  for (const row of rows) {
    const { id, name, kind, code, card } = baselineNamed(row.baseline);
    const answer = await fetch(`${site.origin}/api/chores/${chores.snapshot.name}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${site.secret}`, 'content-type': 'application/json' },
      body: JSON.stringify({ baseline: { id, name, kind, code, card }, row }),
    });
    expect(await answer.json()).toEqual({ imported: true });
  }
  const suite = suiteNamed('core-1');
  const standings = await fetch(`${site.origin}/api/v1/suites/${suite.id}/standings`);
  const shown = StandingsJson.parse(await standings.json()).rows;
  expect(shown).toHaveLength(rows.length);
  for (const row of rows) {
    const trials = (await openSnapshot(row)).flatMap(({ result }) => result.trials);
    const about = { control: false, deterministic: true, embedsData: false };
    const { mean, gain, utility } = scoresOf(suite, referenceOf(suite, row.engine.backend)!, trials, about);
    expect(shown.find(({ baseline }) => baseline === row.baseline)).toMatchObject({ mean, gain, utility });
  }
});
