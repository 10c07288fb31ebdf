import type { Trial } from '../../lib/contract/suite.ts';
import { type Spent, spentTogether } from '../trial/spent.ts';
import { columns } from './columns.ts';

/**
 * Where the time went, a line per scenario and one for all: seconds of one worker, so with two at once about half of it
 * passed on the clock.
 */
export function timeTable(trials: readonly { trial: Trial; spent: Spent }[]): string {
  const scenarios = [...new Set(trials.map(({ trial }) => trial.scenario))];
  const line = (name: string, some: readonly { spent: Spent }[]) => {
    const { data, start, training, scoring } = spentTogether(some.map(({ spent }) => spent));
    return [
      name,
      `${some.length}`,
      ...[data, start, training, scoring, data + start + training + scoring].map((seconds) => seconds.toFixed(1)),
    ];
  };
  const rows = scenarios.map((id) =>
    line(
      id,
      trials.filter(({ trial }) => trial.scenario === id),
    ),
  );
  return `${columns([['seconds spent on', 'trials', 'data', 'start-up', 'training', 'scoring', 'all'], ...rows, line('all', trials)]).join('\n')}\n`;
}
