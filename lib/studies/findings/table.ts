import type { BaselineId } from '../../catalog/baselines/index.ts';
import type { Estimate, Reference, Scores } from '../../contract/report.ts';
import type { TrialResult } from '../../contract/result.ts';
import type { Scenario, Suite } from '../../contract/suite.ts';
import { type CountedCell, countedCells } from '../../scoring/cells.ts';
import { type CleanBySeed, cleanOf } from '../../scoring/clean.ts';
import { attackedBy, type Effects, effectsOf } from '../../scoring/effects.ts';
import { clip, estimateOf } from '../../scoring/estimates.ts';
import type { About } from '../../scoring/flags.ts';
import { ofCell } from '../../scoring/robustness.ts';
import { scoresOf } from '../../scoring/score.ts';

/** A baseline with what it got on the suite. */
export type Entry = {
  readonly id: BaselineId;
  readonly submission: string;
  readonly trials: readonly TrialResult[];
  readonly about: About;
};

export type Row = Entry & {
  readonly scores: Scores;
  readonly collapsed: boolean;
  readonly clean: CleanBySeed;
  /** One for each cell that counts, in the table's order. */
  readonly effects: readonly Effects[];
};

/** The reference table: what the findings are read off. It may lack rows, even all of them. */
export type Table = {
  readonly suite: Suite;
  readonly reference: Reference;
  readonly cells: readonly CountedCell[];
  readonly rows: readonly Row[];
};

export function tableOf(suite: Suite, reference: Reference, entries: readonly Entry[]): Table {
  const cells = countedCells(suite, reference);
  const rows = entries.map((entry) => {
    const scores = scoresOf(suite, reference, entry.trials, entry.about);
    const effects = effectsOf(cells, reference, attackedBy(entry.trials));
    return {
      ...entry,
      scores,
      collapsed: scores.flags.includes('collapsed'),
      clean: cleanOf(suite, entry.trials),
      effects,
    };
  });
  return { suite, reference, cells, rows };
}

/** The rows that defend without knowing the truth: neither a control nor no defense. They alone stand in an order. */
export const defensesIn = ({ rows }: Table): Row[] => rows.filter(({ id, about }) => id !== 'none' && !about.control);

export const rowOf = ({ rows }: Table, id: BaselineId): Row | undefined => rows.find((row) => row.id === id);

/** Those of them that the table lacks. */
export const missingFrom = (table: Table, ids: readonly BaselineId[]): BaselineId[] =>
  ids.filter((id) => !rowOf(table, id));

export const scenarioOf = ({ suite }: Pick<Table, 'suite'>, { scenario }: { readonly scenario: string }): Scenario =>
  suite.scenarios.find(({ id }) => id === scenario)!;

/** ρ of one cell, clipped; null where the cell is missing. */
export const cellEstimate = (effects: Effects): Estimate | null => clip(estimateOf(ofCell(effects)));
