import type { DatasetId } from '../../catalog/datasets/index.ts';
import type { ModelId } from '../../catalog/models/index.ts';
import { wilsonInterval } from '../../scoring/stats.ts';
import { type Lifetime, medianLifetime, restrictedMean } from '../survival.ts';
import { groupsOf } from './groups.ts';
import type { TargetedRun } from './results.ts';
import { ShapingId } from './shapings.ts';

/**
 * What is tried on each target: poisons alone, in order of their perturbation, and numbers of them together, each for
 * so many epochs.
 */
export const tried = { singles: 3, numbers: [1, 4, 20, 100], epochs: 50 } as const;

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
    readonly restricted: RestrictedMean;
    readonly censored: number;
  };
  /** Of copies of the target itself under the wanted label. */
  readonly copies: RestrictedMean;
};
/** E[min(K, horizon)] of the smallest number K that succeeded; beyond the horizon nothing was tried. */
export type RestrictedMean = { readonly value: number; readonly horizon: number };
export type Share = { readonly hit: number; readonly low: number; readonly high: number };

export function targetedSummaries(runs: readonly TargetedRun[]): TargetedSummary[] {
  const groups = groupsOf(runs, ({ dataset, model, shaping }) => `${dataset}.${model}.${shaping}`);
  const inOrder = groups.sort(
    ([a], [b]) => ShapingId.options.indexOf(a.shaping) - ShapingId.options.indexOf(b.shaping),
  );
  return inOrder.map((group) => {
    const [{ dataset, model, shaping }] = group;
    const share = (hit: number): Share => ({ hit, ...wilsonInterval(hit, group.length) });
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
        median: medianLifetime(group.map(({ multi }) => lifetime(multi))),
        restricted: restricted(group.map(({ multi }) => multi)),
        censored: group.length - hit.length,
      },
      copies: restricted(group.map(({ copies }) => copies)),
    };
  });
}

type Smallest = TargetedRun['multi'];

const lifetime = ({ tried, smallest }: Smallest): Lifetime => ({
  time: smallest ?? tried,
  censored: smallest === null,
});

function restricted(all: readonly Smallest[]): RestrictedMean {
  const horizon =
    1 + Math.min(tried.numbers.at(-1)!, ...all.filter(({ smallest }) => smallest === null).map((one) => one.tried));
  return { value: restrictedMean(all.map(lifetime), horizon), horizon };
}
