import type { EpochArtifact, ReportTrial } from '../contract/report.ts';
import { mean } from './stats.ts';

/** One cell's artifacts: by epoch, the means over the seeds. Null where no seed has the number. */
export type CellArtifacts = { scenario: string; budget: number; epochs: EpochArtifact[] };

/** Of a report that was made with `--artifacts`, each cell that has some. */
export function cellArtifacts(trials: readonly ReportTrial[]): CellArtifacts[] {
  const cells = new Map<string, { scenario: string; budget: number; runs: EpochArtifact[] }>();
  for (const { scenario, budget, artifacts } of trials) {
    if (!artifacts || artifacts.length === 0) continue;
    const key = `${scenario} ${budget}`;
    const cell = cells.get(key) ?? { scenario, budget, runs: [] };
    cell.runs.push(...artifacts);
    cells.set(key, cell);
  }
  return [...cells.values()].map(({ scenario, budget, runs }) => ({ scenario, budget, epochs: byEpoch(runs) }));
}

function byEpoch(runs: readonly EpochArtifact[]): EpochArtifact[] {
  const epochs = [...new Set(runs.map(({ epoch }) => epoch))].sort((a, b) => a - b);
  return epochs.map((epoch) => {
    const at = runs.filter((run) => run.epoch === epoch);
    const of = (name: 'normRatio' | 'cosine') => {
      const values = at.flatMap((run) => run[name] ?? []);
      return values.length === 0 ? null : mean(values);
    };
    return { epoch, normRatio: of('normRatio'), cosine: of('cosine') };
  });
}
