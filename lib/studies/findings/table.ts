import type { BaselineId } from '../../catalog/baselines/index.ts';
import type { Estimate, Reference, Scores } from '../../contract/report.ts';
import type { TrialResult } from '../../contract/result.ts';
import type { Scenario, Suite } from '../../contract/suite.ts';
import { type CountedCell, countedCells } from '../../scoring/cells.ts';
import { type CleanBySeed, cleanOf } from '../../scoring/clean.ts';
import type { BySeed } from '../../scoring/compare.ts';
import { attackedBy, type Effects, effectsOf } from '../../scoring/effects.ts';
import { clip, estimateOf } from '../../scoring/estimates.ts';
import type { About } from '../../scoring/flags.ts';
import { bySeedOf, ofCell } from '../../scoring/robustness.ts';
import { scoresOf } from '../../scoring/score.ts';
import { type KeptCell, keptCells } from '../../scoring/version-2/cells.ts';
import { saysBySeed } from '../../scoring/version-2/contender.ts';
import { estimateOf as estimateOf2 } from '../../scoring/version-2/estimates.ts';
import { runsOf } from '../../scoring/version-2/runs.ts';
import { scenarioAt } from '../../scoring/version-2/shares.ts';

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

/** The same function, which computes for each table once: tables do not change, and pages are shown many times. */
export function oncePerTable<Found>(compute: (table: Table) => Found): (table: Table) => Found {
  const known = new WeakMap<Table, { found: Found }>();
  return (table) => {
    const kept = known.get(table) ?? { found: compute(table) };
    known.set(table, kept);
    return kept.found;
  };
}

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

/** ρ of one cell by the suite's rules, with the interval that they give it, and what each seed says of it. */
export type CellShare = { readonly cell: CountedCell; readonly rho: Estimate; readonly bySeed: BySeed };

/** Of every cell of a row; one that is missing is left out. */
export const cellShares = (row: Pick<Row, 'effects' | 'kept'>): CellShare[] =>
  row.kept?.flatMap(shareOf2) ?? row.effects.flatMap(shareOf1);

function shareOf1(effects: Effects): CellShare[] {
  const robustness = ofCell(effects);
  return robustness ? [{ cell: effects, rho: clip(estimateOf(robustness)!), bySeed: bySeedOf(robustness) }] : [];
}

function shareOf2(kept: KeptCell): CellShare[] {
  const [rho, bySeed] = [estimateOf2([kept], scenarioAt), saysBySeed([kept], scenarioAt)];
  return rho && bySeed ? [{ cell: kept, rho, bySeed }] : [];
}

export const sameCell = (a: Place, b: Place): boolean => a.scenario === b.scenario && a.budget === b.budget;
type Place = Pick<CountedCell, 'scenario' | 'budget'>;
