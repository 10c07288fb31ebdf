import type { Aim, Trigger } from '../../../lib/contract/attack.ts';
import type { LabeledSet } from '../../../lib/contract/defense.ts';

/** Any test row called wrongly is a success: the aim of an indiscriminate attack. */
export const anyMistake = (test: LabeledSet): Aim => ({
  attacked: Int32Array.from({ length: test.n }, (_, row) => row),
  wanted: null,
  trigger: null,
});

/**
 * Every test row of another class, under the trigger, is to be called the target: the aim of an all-to-one backdoor.
 */
export function allToOne(test: LabeledSet, target: number, trigger: Trigger): Aim {
  const attacked = Int32Array.from([...test.y.keys()].filter((row) => test.y[row] !== target));
  return { attacked, wanted: new Int32Array(attacked.length).fill(target), trigger, others: Int32Array.of(target) };
}

export const everyClass = (classes: number) => Int32Array.from({ length: classes }, (_, c) => c);

/** These test rows are to be called the label: the aim of an attack on a class or a cluster. */
export const group = (attacked: Int32Array, label: number): Aim => ({
  attacked,
  wanted: new Int32Array(attacked.length).fill(label),
  trigger: null,
});

/** These test rows are to be called the partner of their class: the aim of a swap. `partner` is -1 for the rest. */
export const swapped = (test: LabeledSet, attacked: Int32Array, partner: Int32Array): Aim => ({
  attacked,
  wanted: attacked.map((row) => partner[test.y[row]!]!),
  trigger: null,
  others: everyClass(test.classes).filter((c) => partner[c] === -1),
});
