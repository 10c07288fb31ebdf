import { attackOf } from '../../catalog/attacks/index.ts';
import { type BaselineId, describedBaseline } from '../../catalog/baselines/index.ts';
import type { Estimate } from '../../contract/report.ts';
import type { CountedCell } from '../../scoring/cells.ts';
import { accuraciesAt, certifiedRuns } from '../../scoring/certificates.ts';
import { estimateOver } from '../../scoring/estimates.ts';
import { above, type Sure, surely } from './surely.ts';
import { type CellShare, cellShares, missingFrom, type Row, sameCell, scenarioOf, type Table } from './table.ts';

type RowCurve = {
  readonly id: BaselineId;
  readonly dataset: string;
  readonly model: string;
  /** Accuracy that holds against k rows put in or taken out, over the clean runs. */
  readonly points: readonly { readonly rows: number; readonly accuracy: Estimate }[];
};

/** The share of attacked rows given their true label under an attack that inserts rows. */
type Insertion = {
  readonly id: BaselineId;
  readonly cell: CountedCell;
  /** Rows that it puts in and displaces, one each; null where the seed decides. */
  readonly changed: number | null;
  readonly robust: Estimate;
  readonly undefended: Estimate;
  /** The share of the damage undone. */
  readonly rho: Estimate | null;
  /** Whether the ensemble surely undoes some of it, or adds to it. */
  readonly sure: Sure;
};

export type CertifiedFinding = {
  readonly curves: readonly RowCurve[];
  readonly insertions: readonly Insertion[];
  readonly missing: readonly BaselineId[];
};

/** What ensembles promise against k rows, and what they keep under attacks of far more. */
export function certifiedOf(table: Table): CertifiedFinding {
  const ensembles = table.rows.filter(({ trials }) => trials.some(({ certified }) => certified !== null));
  return {
    curves: ensembles.flatMap(curvesOf),
    insertions: told(ensembles.flatMap((row) => insertionsOf(table, row))),
    missing: ensembles.length > 0 ? [] : missingFrom(table, ['dpa']),
  };
}

/** A run that does not reach so many rows certifies nothing against them. */
const curvesOf = ({ id, trials }: Row): RowCurve[] =>
  certifiedRuns(trials, describedBaseline(id).membersPerRow).map((of) => {
    const { dataset, model, runs } = of;
    const ks = [...new Set(runs.flatMap((run) => run.map(({ rows }) => rows)))].sort((a, b) => a - b);
    const points = ks.map((rows) => {
      const reached = accuraciesAt(of, rows);
      return { rows, accuracy: estimateOver([...reached, ...Array<number>(runs.length - reached.length).fill(0)]) };
    });
    return { id, dataset, model, points };
  });

type Untold = Omit<Insertion, 'rho' | 'sure'> & { readonly share: CellShare | undefined };

/** All of them are tested together. */
function told(insertions: readonly Untold[]): Insertion[] {
  const sure = surely(insertions.map(({ share }) => (share ? above(share.bySeed, 0) : [])));
  return insertions.map(({ share, ...insertion }, at) => ({ ...insertion, rho: share?.rho ?? null, sure: sure[at]! }));
}

/**
 * The units of attacks that insert rows: copies of a target, rows of a cluster. All others change rows where they
 * stand.
 */
const inserting: ReadonlySet<string> = new Set(['copies', 'cluster']);

function insertionsOf(table: Table, row: Row): Untold[] {
  const { id, trials } = row;
  const shares = cellShares(row);
  return table.cells.flatMap((cell): Untold[] => {
    const { attack, params } = scenarioOf(table, cell);
    const unit = attackOf(table.suite, attack).budget;
    const at = ({ scenario, budget, seed }: { scenario: string; budget: number; seed: number }) =>
      scenario === cell.scenario && budget === cell.budget && table.suite.seeds.includes(seed);
    const robust = trials.filter(at).map(({ robustAccuracy }) => robustAccuracy ?? 0);
    if (!inserting.has(unit) || robust.length === 0) return [];
    const changed = unit === 'copies' ? 2 * cell.budget * Number(params.targets) : null;
    const undefended = table.reference.cells.filter(at).map(({ attacked }) => attacked);
    return [
      {
        id,
        cell,
        changed,
        robust: estimateOver(robust),
        undefended: estimateOver(undefended),
        share: shares.find((one) => sameCell(one.cell, cell)),
      },
    ];
  });
}
