import { wantsLabel } from '../catalog/aims.ts';
import { attackOf } from '../catalog/attacks/index.ts';
import { DatasetId, datasetNamed } from '../catalog/datasets/index.ts';
import { drawnClasses } from '../catalog/plans/plan.ts';
import { isLater, metricIds, metrics, type TrialFacts } from '../contract/metrics.ts';
import type { ModuleRef, TrialResult } from '../contract/result.ts';
import { hiddenDataset } from '../contract/season.ts';
import { type Suite, specOf, type Trial, trialKey } from '../contract/suite.ts';

type Kind = ModuleRef['kind'];

/**
 * Why this result cannot be believed, or null. Every trial that was asked for must be there once, and no other. A
 * failed trial has no numbers. A scored trial has all that apply; a stored one may lack those that were added later.
 */
export function defectOf(
  suite: Suite,
  asked: readonly Trial[],
  got: readonly TrialResult[],
  kind: Kind,
  age: 'new' | 'stored' = 'new',
): string | null {
  const wanted = new Set(asked.map(trialKey));
  for (const trial of got) {
    const name = trialKey(trial);
    if (!wanted.delete(name)) return `trial ${name} was not asked for, or comes twice`;
    const { attack, dataset, model } = specOf(suite, trial);
    if (
      trial.dataset !== dataset ||
      trial.model !== model ||
      trial.attack !== (attack?.attack ?? null) ||
      trial.family !== (attack?.family ?? null)
    )
      return `trial ${name} names another dataset, model, attack or family than suite ${suite.id}`;
    const scored = trial.outcome === 'scored';
    if (scored !== (trial.detail === null))
      return `trial ${name}: a reason is given exactly where a trial was not scored`;
    const facts = factsOf(suite, trial, kind);
    for (const id of metricIds) {
      const applies = scored ? metrics[id].applies(facts) : 'none';
      if (trial[id] !== null && applies === 'none') return `trial ${name}: ${id} is given where it does not apply`;
      if (trial[id] === null && applies === 'wanted' && !(age === 'stored' && isLater(id)))
        return `trial ${name}: ${id} is missing`;
    }
    const impossible = impossibleIn(suite, trial);
    if (impossible) return impossible;
  }
  return wanted.size > 0 ? `trial ${[...wanted][0]} is missing` : null;
}

/** What can't be of a trial of the suite, whoever measured it, or null: numbers with which nothing can be computed. */
export function impossibleIn(suite: Suite, trial: TrialResult): string | null {
  const { dataset } = specOf(suite, trial);
  const classes = classesOf(suite, dataset);
  if (trial.recalls !== null && classes > 0 && trial.recalls.length !== classes)
    return `trial ${trialKey(trial)} has recalls of ${trial.recalls.length} classes; ${dataset} has ${classes}`;
  const time = [trial.seconds, trial.undefendedSeconds].find((seconds) => seconds !== null && !isPossible(seconds));
  return time === undefined ? null : `trial ${trialKey(trial)} took ${time} seconds, which no training takes`;
}

/** 0 where it is not known. */
function classesOf({ draw }: Suite, dataset: string): number {
  if (draw || dataset === hiddenDataset) return drawnClasses;
  return DatasetId.safeParse(dataset).success ? datasetNamed(dataset).classNames.length : 0;
}

/** From a microsecond to four months. A quotient of two of them is a number that can be kept and read. */
const isPossible = (seconds: number) => seconds === 0 || (seconds >= 1e-6 && seconds <= 1e7);

/** What decides which metrics a scored trial has. */
export function factsOf(suite: Suite, trial: Trial, kind: Kind): TrialFacts {
  const { attack } = specOf(suite, trial);
  return { attacked: attack !== null, wantsLabel: attack !== null && wantsLabel(attackOf(suite, attack.attack)), kind };
}
