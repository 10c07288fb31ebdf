import type { DatasetId, ModelId } from '../ids.ts';
import { wilsonInterval } from '../stats.ts';
import { type Lifetime, medianLifetime, restrictedMean } from '../survival.ts';
import type { TargetedRun } from './results.ts';
import type { ShapingId } from './shapings.ts';

/** What is tried on each target: poisons alone, in order of their perturbation, and numbers of them together, each for so many epochs. */
export const tried = { singles: 3, numbers: [1, 2, 4, 8, 16, 32, 64, 100], epochs: 50 } as const;

/** Poisons beyond which nothing is known: E[min(K, 101)] is the restricted mean of the smallest number K of poisons. */
export const horizon = 101;

/** What the targets of one model and shaping came to. Each target is a training run of its own. */
export type TargetedSummary = {
  readonly dataset: DatasetId;
  readonly model: ModelId;
  readonly shaping: ShapingId;
  readonly targets: number;
  /** Called as wanted after the same retraining without poison. */
  readonly control: Share;
  readonly oneShot: Share;
  readonly poisons: {
    /** Over the targets that were hit, as the source has it; null where none was. */
    readonly mean: number | null;
    readonly median: ReturnType<typeof medianLifetime>;
    readonly restricted: number;
    readonly censored: number;
  };
};
export type Share = { readonly hit: number; readonly low: number; readonly high: number };

export function targetedSummaries(runs: readonly TargetedRun[]): TargetedSummary[] {
  const groups = new Map<string, TargetedRun[]>();
  for (const run of runs) groups.set(`${run.dataset}.${run.model}.${run.shaping}`, [...(groups.get(`${run.dataset}.${run.model}.${run.shaping}`) ?? []), run]);
  return [...groups.values()].map((group) => {
    const { dataset, model, shaping } = group[0]!;
    const share = (hit: number): Share => ({ hit, ...wilsonInterval(hit, group.length) });
    const lifetimes = group.map(({ multi }): Lifetime => ({ time: multi.smallest ?? multi.tried, censored: multi.smallest === null }));
    const hit = group.flatMap(({ multi }) => multi.smallest ?? []);
    return {
      dataset,
      model,
      shaping,
      targets: group.length,
      control: share(group.filter(({ control }) => control).length),
      oneShot: share(group.filter(({ oneShot }) => oneShot.succeeded).length),
      poisons: {
        mean: hit.length > 0 ? hit.reduce((sum, count) => sum + count, 0) / hit.length : null,
        median: medianLifetime(lifetimes),
        restricted: restrictedMean(lifetimes, horizon),
        censored: group.length - hit.length,
      },
    };
  });
}
