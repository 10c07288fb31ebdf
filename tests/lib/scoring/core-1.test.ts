import { expect, it } from 'vitest';
import { suiteNamed } from '../../../lib/catalog/suites/index.ts';
import { checkModule } from '../../../lib/contract/check.ts';
import { Scores } from '../../../lib/contract/report.ts';
import { openSnapshot } from '../../../lib/contract/snapshot.ts';
import { referenceOf } from '../../../lib/scoring/references.ts';
import { scoresOf } from '../../../lib/scoring/score.ts';
import { committedRows } from '../../../runner/client/snapshots.ts';
import { baselineNamed } from '../../../runner/defenses/index.ts';
import published from '../../fixtures/core-1.scores.json' with { type: 'json' };
import { closeTo } from '../../support/close-to.ts';

/** tests/fixtures/core-1.scores.json: as the site of commit 4ef2a16 computed them at each view of the board. */
it.each(committedRows('core-1').map((row) => [`${row.suite.id} ${row.baseline}`, row] as const))(
  'every score of %s is what was published, to 1e-12',
  async (name, row) => {
    const suite = suiteNamed(row.suite.id);
    const trials = (await openSnapshot(row)).flatMap(({ result }) => result.trials);
    const { kind, card, code } = baselineNamed(row.baseline);
    const check = checkModule(code);
    const scores = scoresOf(suite, referenceOf(suite, row.engine.backend)!, trials, {
      control: kind === 'control',
      deterministic: card.deterministic,
      embedsData: check.ok && check.embedsData,
    });
    expect(scores).toEqual(closeTo(Scores.parse((published as Record<string, unknown>)[name]), 1e-12));
  },
);

it('there is a row for each of those that were published', () =>
  expect(new Set(committedRows('core-1').map((row) => `${row.suite.id} ${row.baseline}`))).toEqual(
    new Set(Object.keys(published)),
  ));
