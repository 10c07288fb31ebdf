import type { LabeledSet } from '../../../lib/contract/defense.ts';
import { type Trial, trialKey } from '../../../lib/contract/suite.ts';
import { rowSize } from '../../datasets/rows.ts';
import type { TrialData } from '../trial-data.ts';
import { features } from './features.ts';
import type { FeatureCell } from './leak-lint.ts';

export type Inspected = {
  /** By feature; none where every row is poison, as there is nothing to tell it from. */
  readonly cells: Partial<Record<keyof typeof features, FeatureCell>>;
  /** What gives poison away by itself, in sentences. */
  readonly leaks: string[];
  /** What is not as it must be in every trial of the data set, in sentences. */
  readonly breaks: string[];
};

/**
 * Looks at what a defense is given in this trial, in its order, with the poison marked. `clean` is the data set's
 * training split.
 */
export function inspectCell(
  trial: Trial,
  dataset: string,
  clean: LabeledSet,
  { train, isPoison }: Pick<TrialData, 'train' | 'isPoison'>,
): Inspected {
  const { scenario, budget, seed } = trial;
  const breaks = breaksOf(train, clean).map((what) => `${trialKey(trial)}: ${what}`);
  const poison = Int32Array.from([...isPoison.keys()].filter((place) => isPoison[place] === 1)); // [k]
  if (poison.length === train.n) return { cells: {}, leaks: [], breaks };
  const cells: Inspected['cells'] = {};
  const leaks: string[] = [];
  for (const [name, of] of Object.entries(features) as [keyof typeof features, (set: LabeledSet) => Float64Array][]) {
    const values = of(train);
    if (name === 'duplicates')
      for (const place of poison)
        if (values[place]! > 0) leaks.push(`${trialKey(trial)}: the poisoned row in place ${place} has an exact copy`);
    cells[name] = {
      scenario,
      budget,
      seed,
      order: `${dataset} ${seed} ${train.n}`,
      poison,
      values: values.every((value) => value === values[0]) ? null : values,
    };
  }
  return { cells, leaks, breaks };
}

function breaksOf(train: LabeledSet, clean: LabeledSet): string[] {
  const breaks: string[] = [];
  if (train.n !== clean.n) breaks.push(`n is ${train.n}, want ${clean.n}`);
  if (!(train.x instanceof Uint8Array)) breaks.push('the pixels are not uint8');
  if (!(train.y instanceof Int32Array)) breaks.push('the labels are not int32');
  if (train.x.length !== train.n * rowSize(clean))
    breaks.push(`the pixels are ${train.x.length}, want ${rowSize(clean)} a row`);
  if (train.y.length !== train.n) breaks.push(`the labels are ${train.y.length}, want one a row`);
  if (!train.y.every((label) => Number.isInteger(label) && label >= 0 && label < clean.classes))
    breaks.push('a label is no class');
  return breaks;
}
