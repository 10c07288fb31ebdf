import type { EpochArtifact, ReportTrial } from '../../lib/contract/report.ts';
import { columns } from './columns.ts';

/**
 * The gradients of the poison against those of clean rows after each epoch, a line per cell and epoch: means over its
 * trials.
 */
export function artifactTable(trials: readonly ReportTrial[]): string {
  const cells = [...new Set(trials.map(cellOf))];
  const rows = cells.flatMap((cell) => {
    const all = trials.flatMap((trial) => (cellOf(trial) === cell ? (trial.artifacts ?? []) : []));
    return [...new Set(all.map(({ epoch }) => epoch))].map((epoch) => {
      const here = all.filter((artifact) => artifact.epoch === epoch);
      return [cell, `${epoch}`, meanOf(here, 'normRatio'), meanOf(here, 'cosine'), `${here.length}`];
    });
  });
  return `${columns([['poison gradients against clean', 'epoch', 'norm ratio', 'cosine', 'trials'], ...rows]).join('\n')}\n`;
}

const cellOf = ({ scenario, budget }: ReportTrial) => `${scenario} at ${budget}`;

function meanOf(artifacts: readonly EpochArtifact[], what: 'normRatio' | 'cosine'): string {
  const values = artifacts.flatMap((artifact) => artifact[what] ?? []);
  return values.length > 0 ? (values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(3) : '–';
}
