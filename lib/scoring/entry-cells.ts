import type { Reference } from '../contract/report.ts';
import type { TrialResult } from '../contract/result.ts';
import type { Scenario, Suite } from '../contract/suite.ts';
import { cellsOf } from './references.ts';
import { mean } from './stats.ts';

/** What an entry's trials gave in one cell, beside the undefended model's, as means over the seeds. */
export type EntryCell = {
  readonly scenario: Scenario;
  readonly budget: number;
  readonly counts: boolean;
  /** Of the undefended model, the share of attacked rows given their true label: without the attack, and with it. */
  readonly clean: number;
  readonly undefended: number;
  /** Of the entry; a trial that failed by its own fault is 0. Null before the first trial. */
  readonly robust: number | null;
  readonly attackSuccess: number | null;
  readonly filterRecall: number | null;
  readonly filterFalsePositives: number | null;
  readonly trials: number;
  readonly failed: number;
};

/** Every cell of the suite, in its order. The undefended model's numbers are those of the scored seeds. */
export function entryCells(suite: Suite, reference: Reference, trials: readonly TrialResult[]): EntryCell[] {
  return cellsOf(suite, reference).map(({ scenario: id, budget, counts }) => {
    const scenario = suite.scenarios.find((one) => one.id === id)!;
    const undefended = reference.cells.filter(
      (cell) => cell.scenario === id && cell.budget === budget && suite.seeds.includes(cell.seed),
    );
    const own = trials.filter((trial) => trial.scenario === id && trial.budget === budget);
    const scored = own.filter(({ outcome }) => outcome === 'scored');
    const of = (name: 'attackSuccess' | 'filterRecall' | 'filterFalsePositives') =>
      meanOf(scored.flatMap((trial) => trial[name] ?? []));
    return {
      scenario,
      budget,
      counts,
      clean: mean(undefended.map((run) => run.clean)),
      undefended: mean(undefended.map(({ attacked }) => attacked)),
      robust: meanOf(own.map(({ robustAccuracy }) => robustAccuracy ?? 0)),
      attackSuccess: of('attackSuccess'),
      filterRecall: of('filterRecall'),
      filterFalsePositives: of('filterFalsePositives'),
      trials: own.length,
      failed: own.length - scored.length,
    };
  });
}

const meanOf = (values: readonly number[]): number | null => (values.length === 0 ? null : mean(values));

/** The share of attacked rows that the attack still takes from the entry; null before its first trial. */
export const stillLost = ({ clean, robust }: EntryCell): number | null => (robust === null ? null : clean - robust);

/** The cells that count in which it still loses most, the worst first. */
export const costliest = (cells: readonly EntryCell[], most: number): EntryCell[] =>
  cells
    .filter((cell) => cell.counts && (stillLost(cell) ?? 0) > 0)
    .sort((a, b) => stillLost(b)! - stillLost(a)!)
    .slice(0, most);

/** By class, the mean recall on the clean test rows, of the entry and of the undefended model. */
export type ClassRecalls = { dataset: string; model: string; entry: number[]; undefended: number[] | null };

/** For each data set and model that has clean runs. Results of old harnesses do not name recalls. */
export function classRecalls(suite: Suite, reference: Reference, trials: readonly TrialResult[]): ClassRecalls[] {
  const clean = trials.filter(({ budget, recalls }) => budget === 0 && recalls !== null);
  const kinds = [...new Set(clean.map(({ dataset, model }) => `${dataset} ${model}`))];
  return kinds.map((kind) => {
    const [dataset, model] = kind.split(' ') as [string, string];
    const same = (run: { dataset: string; model: string }) => run.dataset === dataset && run.model === model;
    const undefended = reference.clean.filter((run) => same(run) && suite.seeds.includes(run.seed));
    return {
      dataset,
      model,
      entry: byClass(clean.filter(same).map(({ recalls }) => recalls ?? [])),
      undefended: undefended.every(({ recalls }) => recalls) ? byClass(undefended.map((run) => run.recalls!)) : null,
    };
  });
}

const byClass = (runs: readonly (readonly number[])[]): number[] =>
  (runs[0] ?? []).map((_, label) => mean(runs.map((recalls) => recalls[label] ?? 0)));
