import { suiteNamed } from '../../lib/catalog/suites/index.ts';
import { checkModule } from '../../lib/contract/check.ts';
import type { Scores } from '../../lib/contract/report.ts';
import { openSnapshot, type SnapshotRow } from '../../lib/contract/snapshot.ts';
import { referenceOf } from '../../lib/scoring/references.ts';
import { scoresOf } from '../../lib/scoring/score.ts';
import { baselineNamed } from '../../runner/defenses/index.ts';

/** What a committed row of a public suite scores today. */
export async function scoresOfRow(row: SnapshotRow): Promise<Scores> {
  const suite = suiteNamed(row.suite.id);
  const trials = (await openSnapshot(row)).flatMap(({ result }) => result.trials);
  const { kind, card, code } = baselineNamed(row.baseline);
  const check = checkModule(code);
  return scoresOf(suite, referenceOf(suite, row.engine.backend)!, trials, {
    control: kind === 'control',
    deterministic: card.deterministic,
    embedsData: check.ok && check.embedsData,
  });
}
