import type { Trial } from '../../lib/contract/suite.ts';
import { type PhaseSeconds, totalSeconds } from '../trial/phase-seconds.ts';
import { columns } from './columns.ts';

/**
 * Where the time went, a line per scenario and one for all: seconds of one worker, so with two at once about half of it
 * passed on the clock.
 */
export function timeTable(trials: readonly { trial: Trial; phases: PhaseSeconds }[]): string {
  const scenarios = [...new Set(trials.map(({ trial }) => trial.scenario))];
  const line = (name: string, some: readonly { phases: PhaseSeconds }[]) => {
    const { data, start, training, scoring } = totalSeconds(some.map(({ phases }) => phases));
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
