import { expect, it } from 'vitest';
import { Scores } from '../../../lib/contract/report.ts';
import { committedRows } from '../../../runner/client/snapshots.ts';
import published from '../../fixtures/core-1.scores.json' with { type: 'json' };
import { closeTo } from '../../support/close-to.ts';
import { scoresOfRow } from '../../support/scores-of-row.ts';

/** tests/fixtures/core-1.scores.json: as the site of commit 4ef2a16 computed them at each view of the board. */
it.each(committedRows('core-1').map((row) => [`${row.suite.id} ${row.baseline}`, row] as const))(
  'every score of %s is what was published, to 1e-12',
  async (name, row) => {
    expect(await scoresOfRow(row)).toEqual(closeTo(Scores.parse((published as Record<string, unknown>)[name]), 1e-12));
  },
);

it('there is a row for each of those that were published', () =>
  expect(new Set(committedRows('core-1').map((row) => `${row.suite.id} ${row.baseline}`))).toEqual(
    new Set(Object.keys(published)),
  ));
