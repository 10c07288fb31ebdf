import type { BaselineId } from '../../catalog/baselines/index.ts';
import type { Estimate } from '../../contract/report.ts';
import { cleanScenario } from '../../contract/suite.ts';
import { estimateOver } from '../../scoring/estimates.ts';
import { surely } from './surely.ts';
import { missingFrom, type Row, rowOf, type Table } from './table.ts';

/** All that weigh rows and do not know the truth. */
export const filters: readonly BaselineId[] = [
  'sphere-slab',
  'spectral-signatures',
  'activation-clustering',
  'deep-knn',
  'trimmed-loss',
  'sever',
];

/** One filter on one data set and model, none of whose rows is poison. */
export type CleanFiltering = {
  readonly id: BaselineId;
  readonly dataset: string;
  readonly model: string;
  /** The share of the rows that it leaves out. */
  readonly leftOut: Estimate;
  /** Clean accuracy less the undefended model's at the same seed. */
  readonly utility: Estimate;
  /** Whether it surely loses clean accuracy, among all that are told together. */
  readonly loses: boolean;
};

export type FalsePositives = { readonly runs: readonly CleanFiltering[]; readonly missing: readonly BaselineId[] };

/** What filters take where there is nothing to find. */
export function falsePositivesOf(table: Table): FalsePositives {
  const filterings = filters.flatMap((id) => {
    const row = rowOf(table, id);
    return row ? filteringsOf(table, row) : [];
  });
  const sure = surely(filterings.map(({ utilities }) => utilities));
  return {
    runs: filterings.map(({ utilities, ...run }, at) => ({
      ...run,
      utility: estimateOver(utilities),
      loses: sure[at] === 'less',
    })),
    missing: missingFrom(table, filters),
  };
}

/** `utilities`: what each seed says. */
type Filtering = Omit<CleanFiltering, 'utility' | 'loses'> & { readonly utilities: readonly number[] };

/** Over the seeds whose run is scored: one that failed has left nothing out that could be counted. */
function filteringsOf({ suite, reference }: Table, { id, trials }: Row): Filtering[] {
  const models = new Map(suite.scenarios.map((scenario) => [cleanScenario(scenario), scenario]));
  return [...models].flatMap(([name, { dataset, model }]): Filtering[] => {
    const runs = trials.flatMap(({ scenario, seed, cleanAccuracy, filterFalsePositives }) => {
      const undefended = reference.clean.find(
        (run) => run.dataset === dataset && run.model === model && run.seed === seed,
      );
      if (scenario !== name || cleanAccuracy === null || filterFalsePositives === null || !undefended) return [];
      return [{ leftOut: filterFalsePositives, utility: cleanAccuracy - undefended.accuracy }];
    });
    if (runs.length === 0) return [];
    return [
      {
        id,
        dataset,
        model,
        leftOut: estimateOver(runs.map(({ leftOut }) => leftOut)),
        utilities: runs.map(({ utility }) => utility),
      },
    ];
  });
}
