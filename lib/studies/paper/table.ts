import { mean, reachOfMean } from '../../scoring/stats.ts';
import { groupsOf } from './groups.ts';
import { notes } from './notes.ts';
import { pace } from './pace.ts';
import type { CollisionRun, IndiscriminateRun, InsertionRun, PartId, PartResult } from './results.ts';
import type { ShapingId } from './shapings.ts';
import {
  type Range,
  type SourceArtifact,
  sourceArtifacts,
  sourceClean,
  sourceIndiscriminate,
  sourceInsertion,
  sourceInsertionAccuracy,
} from './source.ts';

export type Results = { readonly [Id in PartId]?: PartResult<Id> };

/** A mean over seeds with its 95 % interval by Student's t; null for fewer than two. */
export type Mean = {
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly n: number;
};

export function meanOf(values: readonly number[]): Mean | null {
  if (values.length === 0) return null;
  const value = mean(values);
  const reach = values.length < 2 ? null : reachOfMean(values, 0.975);
  return {
    value,
    low: reach === null ? null : value - reach,
    high: reach === null ? null : value + reach,
    n: values.length,
  };
}

/**
 * `within`: the mean lies no farther than the tolerance from the source's number, or between its numbers; `no data`: it
 * can't be measured here.
 */
export type Verdict = 'within' | 'differs' | 'no data';

/** One number of the source and ours beside it. */
export type Row = {
  readonly id: string;
  readonly source: Range;
  readonly tolerance: number;
  readonly ours: Mean | null;
  readonly verdict: Verdict;
  /** One sentence for whatever is not within. */
  readonly note: string | null;
};

/** The tolerances the study set itself beforehand. A ratio of norms is held to a tenth of itself, a cosine to .05. */
const tolerances = { accuracy: 0.01, slab: 0.03, cosine: 0.05, ratioShare: 0.1 } as const;

function row(id: string, source: Range, tolerance: number, ours: Mean | null): Row {
  const verdict = verdictOf(source, tolerance, ours);
  return { id, source, tolerance, ours, verdict, note: verdict === 'within' ? null : (notes[id] ?? null) };
}

export function verdictOf({ low, high }: Range, tolerance: number, ours: Mean | null): Verdict {
  if (!ours) return 'no data';
  const rounding = 1e-9;
  return ours.value >= low - tolerance - rounding && ours.value <= high + tolerance + rounding ? 'within' : 'differs';
}

export type IndiscriminateRow = Row & {
  readonly attack: 'flips' | 'slab';
  readonly rate: number;
  readonly shaping: ShapingId;
  readonly last: Mean | null;
};

export function indiscriminateRows(results: Results): IndiscriminateRow[] {
  return sourceIndiscriminate.map(({ attack, rate, shaping, accuracy }) => {
    const runs = ((results[attack]?.runs ?? []) as IndiscriminateRun[]).filter(
      (run) => run.rate === rate && run.shaping === shaping,
    );
    const tolerance = attack === 'slab' ? tolerances.slab : tolerances.accuracy;
    const base = row(`${attack}.${rate}.${shaping}`, accuracy, tolerance, meanOf(runs.map(({ best }) => best)));
    return { ...base, attack, rate, shaping, last: meanOf(runs.map(({ last }) => last)) };
  });
}

export type CleanRow = Row & { readonly dataset: string; readonly model: string; readonly last: Mean | null };

export function cleanRows({ flips, insertion, convolution }: Results): CleanRow[] {
  const measured: Record<string, readonly { best: number; last: number }[]> = {
    'fashion-mnist-3-4.lr': flips?.runs.filter(({ rate, shaping }) => rate === 0 && shaping === 'none') ?? [],
    'fashion-mnist.mlp-256-256':
      insertion?.runs.filter(({ patch, model }) => patch === 0 && model === 'mlp-256-256') ?? [],
    'fashion-mnist.cnn': convolution?.runs.filter(({ patch }) => patch === 0) ?? [],
  };
  return sourceClean.map(({ id, dataset, model, accuracy }) => {
    const runs = measured[id] ?? [];
    const base = row(`clean.${id}`, accuracy, tolerances.accuracy, meanOf(runs.map(({ best }) => best)));
    return { ...base, dataset, model, last: meanOf(runs.map(({ last }) => last)) };
  });
}

export type InsertionRow = Row & { readonly patch: number; readonly what: 'success' | 'accuracy' };

export function insertionRows({ convolution }: Results): InsertionRow[] {
  const runsOf = (patch: number) => convolution?.runs.filter((run) => run.patch === patch) ?? [];
  return sourceInsertion.flatMap(({ patch, success }): InsertionRow[] => [
    {
      ...row(
        `insertion.${patch}.success`,
        success,
        tolerances.accuracy,
        meanOf(runsOf(patch).flatMap((run) => run.success ?? [])),
      ),
      patch,
      what: 'success',
    },
    {
      ...row(
        `insertion.${patch}.accuracy`,
        sourceInsertionAccuracy,
        tolerances.accuracy,
        meanOf(runsOf(patch).map(({ last }) => last)),
      ),
      patch,
      what: 'accuracy',
    },
  ]);
}

/** What insertion came to with one model and patch, over its seeds; accuracies after the last epoch. */
export type InsertionSummary = Pick<InsertionRun, 'model' | 'patch'> & {
  readonly success: Mean | null;
  readonly accuracy: Mean | null;
};

export const insertionSummaries = ({ insertion, convolution }: Results): InsertionSummary[] =>
  groupsOf([...(insertion?.runs ?? []), ...(convolution?.runs ?? [])], ({ model, patch }) => `${model} ${patch}`).map(
    (runs) => ({
      model: runs[0].model,
      patch: runs[0].patch,
      success: meanOf(runs.flatMap(({ success }) => success ?? [])),
      accuracy: meanOf(runs.map(({ last }) => last)),
    }),
  );

/** What collision came to in one setting, over its seeds; artifacts of the last epoch that has any. */
export type CollisionSummary = Pick<CollisionRun, 'dataset' | 'model' | 'start' | 'pairs' | 'alpha'> & {
  readonly best: Mean | null;
  readonly ratio: Mean | null;
  readonly cosine: Mean | null;
};

export const collisionSummaries = ({ collision }: Results): CollisionSummary[] =>
  groupsOf(collision?.runs ?? [], ({ model, start, pairs, alpha }) => `${model} ${start} ${pairs} ${alpha}`)
    .map((runs) => {
      const ends = runs.flatMap(({ artifacts }) => artifacts?.findLast((epoch) => epoch !== null) ?? []);
      const [{ dataset, model, start, pairs, alpha }] = runs;
      return {
        dataset,
        model,
        start,
        pairs,
        alpha,
        best: meanOf(runs.map(({ best }) => best)),
        ratio: meanOf(ends.map(({ ratio }) => ratio)),
        cosine: meanOf(ends.map(({ cosine }) => cosine)),
      };
    })
    .sort(
      (a, b) =>
        a.model.localeCompare(b.model) || a.start.localeCompare(b.start) || b.pairs - a.pairs || a.alpha - b.alpha,
    );

export type ArtifactRow = Row &
  Pick<SourceArtifact, 'attack' | 'setting' | 'epoch'> & { readonly what: 'ratio' | 'cosine' };

export function artifactRows(results: Results): ArtifactRow[] {
  return sourceArtifacts.flatMap((source) =>
    (['ratio', 'cosine'] as const).flatMap((what): ArtifactRow[] => {
      const range = source[what];
      if (!range) return [];
      const { attack, setting, epoch } = source;
      const tolerance = what === 'cosine' ? tolerances.cosine : tolerances.ratioShare * range.high;
      const ours = meanOf(
        artifactRuns(results, source).flatMap(
          (epochs) => measuredAt(epochs, epoch === null ? null : Math.ceil(epoch / paceOf(attack)), what) ?? [],
        ),
      );
      return [
        {
          ...row(`artifact.${attack}.${setting ?? ''}.${epoch ?? ''}.${what}`, range, tolerance, ours),
          attack,
          setting,
          epoch,
          what,
        },
      ];
    }),
  );
}

type Artifacts = NonNullable<CollisionRun['artifacts']>;

/** By epoch, one list a seed, of the undefended runs with that setting. */
function artifactRuns(results: Results, { attack, setting }: Pick<SourceArtifact, 'attack' | 'setting'>): Artifacts[] {
  const runs: readonly { artifacts: Artifacts | null }[] = {
    flips: () => results.flips?.runs.filter(({ shaping, rate }) => shaping === 'none' && rate === 0.4) ?? [],
    slab: () => results.slab?.runs.filter(({ shaping, rate }) => shaping === 'none' && rate === 0.4) ?? [],
    collision: () =>
      results.collision?.runs.filter(
        ({ model, pairs, alpha }) => model === 'lr' && pairs === 100 && alpha === setting,
      ) ?? [],
    insertion: () => results.convolution?.runs.filter(({ patch }) => patch === setting) ?? [],
  }[attack]();
  return runs.flatMap(({ artifacts }) => (artifacts ? [artifacts] : []));
}

/** At that epoch, or the mean over all of them. */
function measuredAt(epochs: Artifacts, epoch: number | null, what: 'ratio' | 'cosine'): number | null {
  if (epoch !== null) return epochs[epoch - 1]?.[what] ?? null;
  const values = epochs.flatMap((one) => one?.[what] ?? []);
  return values.length > 0 ? mean(values) : null;
}

/** At rates at which the tolerance is wider than the attack: what slab costs without shaping, ours and the source's. */
export const slabCosts = (results: Results): { rate: number; ours: number; source: number }[] =>
  indiscriminateRows(results).flatMap(({ attack, rate, shaping, source, ours }) => {
    const clean = cleanRows(results).find(({ id }) => id === 'clean.fashion-mnist-3-4.lr');
    if (attack !== 'slab' || shaping !== 'none' || rate > 0.2 || !ours || !clean?.ours) return [];
    return [{ rate, ours: clean.ours.value - ours.value, source: clean.source.low - source.low }];
  });

/** Best test accuracy over the poison rate, from the clean run on. */
export function accuracyCurve(
  results: Results,
  attack: 'flips' | 'slab',
  shaping: ShapingId,
): { rate: number; mean: Mean }[] {
  const clean = (results.flips?.runs ?? []).filter((run) => run.rate === 0);
  const attacked = ((results[attack]?.runs ?? []) as IndiscriminateRun[]).filter((run) => run.rate > 0);
  const runs = [...clean, ...attacked].filter((run) => run.shaping === shaping);
  const rates = [...new Set(runs.map(({ rate }) => rate))].sort((a, b) => a - b);
  return rates.map((rate) => ({
    rate,
    mean: meanOf(runs.filter((run) => run.rate === rate).map(({ best }) => best))!,
  }));
}

/** As many epochs of the source as one of ours stands for. */
const paceOf = (attack: SourceArtifact['attack']) => (attack === 'insertion' ? pace : 1);

/** By the end of each epoch, in the source's epochs, the mean over seeds. */
export function artifactCurve(
  results: Results,
  which: Pick<SourceArtifact, 'attack' | 'setting'>,
): { epoch: number; ratio: number; cosine: number }[] {
  const runs = artifactRuns(results, which);
  return Array.from({ length: Math.max(0, ...runs.map((epochs) => epochs.length)) }, (_, index) => {
    const measured = runs.flatMap((epochs) => epochs[index] ?? []);
    return measured.length === 0
      ? []
      : [
          {
            epoch: (index + 1) * paceOf(which.attack),
            ratio: mean(measured.map(({ ratio }) => ratio)),
            cosine: mean(measured.map(({ cosine }) => cosine)),
          },
        ];
  }).flat();
}
