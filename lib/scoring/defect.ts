import { wantsLabel } from '../catalog/aims.ts';
import { attackOf } from '../catalog/attacks/index.ts';
import type { ModuleRef, TrialResult } from '../contract/result.ts';
import { type Suite, specOf, type Trial, trialKey } from '../contract/suite.ts';

/**
 * Why this result cannot be believed, or null. Every trial that was asked for must be there once, and no other. A
 * failed trial has no numbers. A scored trial has all that apply: clean accuracy and the share of the commonest class
 * always, robust accuracy under attack, attack success where the attacker wants a label, recall and false positives of
 * a filter.
 */
export function defectOf(
  suite: Suite,
  asked: readonly Trial[],
  got: readonly TrialResult[],
  kind: ModuleRef['kind'],
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
    const filters = kind === 'filter' || kind === 'control';
    const metrics = {
      cleanAccuracy: 'wanted',
      commonestClass: 'wanted',
      robustAccuracy: attack ? 'wanted' : 'none',
      attackSuccess: attack && wantsLabel(attackOf(suite, attack.attack)) ? 'wanted' : 'none',
      filterRecall: filters && attack ? 'wanted' : 'none',
      filterFalsePositives: !filters ? 'none' : attack ? 'may be' : 'wanted',
      certified: kind === 'train' ? 'may be' : 'none',
    } as const;
    for (const [metric, applies] of Object.entries(metrics)) {
      const given = trial[metric as keyof typeof metrics] !== null;
      if (given && (!scored || applies === 'none')) return `trial ${name}: ${metric} is given where it does not apply`;
      if (!given && scored && applies === 'wanted') return `trial ${name}: ${metric} is missing`;
    }
  }
  return wanted.size > 0 ? `trial ${[...wanted][0]} is missing` : null;
}
