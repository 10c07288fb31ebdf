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
import { type KeptCell, keptCells } from '../../scoring/version-2/cells.ts';
import { runsOf } from '../../scoring/version-2/runs.ts';

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
  /** One for each cell that counts, in the table's order. By version 2, of what is kept in place of P. */
  readonly effects: readonly Effects[];
  /** The same cells, of a suite that is scored by version 2. */
  readonly kept: readonly KeptCell[] | null;
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
    return {
      ...entry,
      scores,
      collapsed: scores.flags.includes('collapsed'),
      clean: cleanOf(suite, entry.trials),
      ...leftIn({ suite, reference, cells }, entry.trials),
    };
  });
  return { suite, reference, cells, rows };
}

/** What a row leaves in these cells. */
export function leftIn(
  { suite, reference, cells }: Omit<Table, 'rows'>,
  trials: readonly TrialResult[],
): Pick<Row, 'effects' | 'kept'> {
  const kept = suite.rules.scoring === 2 ? keptCells(suite, cells, reference, runsOf(trials)) : null;
  return { kept, effects: kept?.map(effectsIn) ?? effectsOf(cells, reference, attackedBy(trials)) };
}

/** How much less is kept than could be. ρ of these is version 2's, unclipped. */
const effectsIn = ({ bySeed, ...cell }: KeptCell): Effects => ({
  ...cell,
  bySeed: new Map(
    [...bySeed].map(([seed, { cap, defended, undefended }]) => [
      seed,
      { defended: cap - defended, undefended: cap - undefended },
    ]),
  ),
});

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
