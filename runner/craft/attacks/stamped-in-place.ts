import type { LabeledSet } from '../../../lib/contract/defense.ts';
import type { Rng } from '../../random/rng.ts';
import { allToOne } from './aims.ts';
import type { Poison, Trigger } from './attack.ts';
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
  rng: Rng;
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
