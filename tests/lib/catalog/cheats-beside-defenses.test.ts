import { expect, it } from 'vitest';
import { secondCheatsMeasured, tellingFlags } from '../../../lib/catalog/cheats-2.ts';
import { suiteNamed } from '../../../lib/catalog/suites/index.ts';
import { checkModule } from '../../../lib/contract/check.ts';
import { openSnapshot, type SnapshotRow } from '../../../lib/contract/snapshot.ts';
import { referenceOf } from '../../../lib/scoring/references.ts';
import { scoresOf } from '../../../lib/scoring/score.ts';
import { committedRows } from '../../../runner/client/snapshots.ts';
import { baselineNamed } from '../../../runner/defenses/index.ts';

/** The published rows that the table of cheats is read beside. */
const rows = ['smoke-2', 'core-2'].flatMap((suite) => committedRows(suite));

async function scoresOfRow(row: SnapshotRow) {
  const { kind, card, code } = baselineNamed(row.baseline);
  const check = checkModule(code);
  const trials = (await openSnapshot(row)).flatMap(({ result }) => result.trials);
  return scoresOf(suiteNamed(row.suite.id), referenceOf(suiteNamed(row.suite.id), row.engine.backend)!, trials, {
    control: kind === 'control',
    deterministic: card.deterministic,
    embedsData: check.ok && check.embedsData,
  });
}

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
