import { expect, it } from 'vitest';
import { secondCheatsMeasured, tellingFlags } from '../../../lib/catalog/cheats-2.ts';
import { committedRows } from '../../../runner/client/snapshots.ts';
import { scoresOfRow } from '../../support/scores-of-row.ts';

/** The published rows that the table of cheats is read beside. */
const rows = ['smoke-2', 'core-2'].flatMap((suite) => committedRows(suite));

it.each(rows.map((row) => [`${row.suite.id} ${row.baseline}`, row] as const))(
  'no flag by which a cheat counts as stopped is on the row %s',
  async (_, row) => expect((await scoresOfRow(row)).flags.filter((flag) => tellingFlags.includes(flag))).toEqual([]),
);

it.each(secondCheatsMeasured.controls.filter(({ baseline }) => baseline !== null))(
  'the table of cheats has the published numbers of $name',
  async ({ baseline, mean, gain }) => {
    const row = rows.find((row) => row.suite.id === secondCheatsMeasured.suite && row.baseline === baseline)!;
    const scores = await scoresOfRow(row);
    expect([scores.mean?.value.toFixed(2), scores.gain?.value.toFixed(2)]).toEqual([mean.toFixed(2), gain!.toFixed(2)]);
  },
);
