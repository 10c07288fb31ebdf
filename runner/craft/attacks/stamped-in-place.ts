import type { Draws, Poison, Trigger } from '../../../lib/contract/attack.ts';
import type { LabeledSet } from '../../../lib/contract/defense.ts';
import { allToOne } from './aims.ts';
import { onEveryClass } from './trigger.ts';

/**
 * k random rows under the trigger, in place, called the target: what BadNets, a blended picture and a faint patch have
 * in common.
 */
export function stampedInPlace(given: {
  clean: LabeledSet;
  test: LabeledSet;
  trigger: Trigger;
  target: number;
  k: number;
  rng: Draws;
}): Poison {
  const { clean, test, trigger, target, k, rng } = given;
  return {
    index: rng.fork('rows').sample(clean.n, k),
    labels: new Int32Array(k).fill(target),
    rows: null,
    overlay: onEveryClass(trigger, clean.classes),
    aim: allToOne(test, target, trigger),
  };
}
