import { metrics } from '../../lib/contract/metrics.ts';
import type { TrialResult } from '../../lib/contract/result.ts';
import { type Difference, differences } from '../../lib/scoring/differences.ts';
import { columns } from './columns.ts';

/**
 * A line per scenario: how many trials, how many are the recorded ones to the last bit, and the largest difference of a
 * share.
 */
export function verifyTable(recorded: readonly TrialResult[], again: readonly TrialResult[]): string {
  const differing = differences(recorded, again);
  const line = (name: string, trials: readonly TrialResult[]) => {
    const of = differing.filter((one) => trials.includes(one.again));
    const different = new Set(of.map((one) => one.again));
    return [name, `${trials.length}`, `${trials.length - different.size}`, ...largest(of)];
  };
  const scenarios = [...new Set(again.map(({ scenario }) => scenario))];
  const rows = scenarios.map((id) =>
    line(
      id,
      again.filter(({ scenario }) => scenario === id),
    ),
  );
  return `${columns([['scenario', 'trials', 'the same', 'largest difference'], ...rows, line('all', again)]).join('\n')}\n`;
}

/** Of another outcome first, else of the share that differs most; nothing where all are the same. */
function largest(of: readonly Difference[]): string[] {
  const outcome = of.find(({ metric }) => metric === 'outcome');
  if (outcome) return [`outcome: recorded ${outcome.recorded.outcome}, now ${outcome.again.outcome}`];
  const shares = of.map((one) => ({ ...one, by: gapOf(one) })).sort((a, b) => b.by - a.by);
  const [most] = shares;
  return most ? [`${wordsOf(most)} ${most.by.toFixed(4)}, seed ${most.again.seed}`] : [];
}

const gapOf = ({ metric, recorded, again }: Difference) => {
  const [before, now] = [recorded[metric], again[metric]];
  return typeof before === 'number' && typeof now === 'number' ? Math.abs(before - now) : Number.POSITIVE_INFINITY;
};

const wordsOf = ({ metric }: Difference) => (metric === 'outcome' ? metric : metrics[metric].words);
