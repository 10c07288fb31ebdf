import { z } from 'zod';
import type { Draws } from '../../../lib/contract/attack.ts';
import type { LabeledSet } from '../../../lib/contract/defense.ts';
import { rowSize, takeRows } from '../../datasets/rows.ts';
import { everyClass } from './aims.ts';
import { defineAttack } from './define-attack.ts';
import { layOver } from './trigger.ts';

const Params = z.strictObject({
  /** Targets attacked in one run; another draw of them each seed. */
  targets: z.int().positive(),
  /** `mixed`: no two copies are alike, each is laid over another row of the target's class. */
  copies: z.enum(['alike', 'mixed']).default('alike'),
});

/** How much of a mixed copy is the target, out of 255, both ends included. */
const [leastShare, mostShare] = [128, 178];

/** Draws of a label before it is given up. */
const mostTries = 1_000;

/**
 * Loss-amplified target insertion, the dirty-label baseline of targeted poisoning (the input-instance-key strategy of
 * Chen et al.): m copies of each target, labeled as the attacker wishes, displace as many random clean rows. The
 * suite's jitter makes them near-duplicates. Where a defense bounds the influence of a row, the bound can be compared
 * with the result at each number of copies. Targets are test rows that every reference model gets right; the wished
 * label is uniform over the wrong classes. Threat model: the attacker inserts at most m rows per target with any label,
 * displacing rows that it does not choose. It has the targets' pixels, up to the jitter, and to mix them the clean
 * training rows, but neither the model nor the seed.
 */
export const targetInsertion = defineAttack('target-insertion', {
  example: { budget: 7, params: { targets: 5 } },
  params: Params,
  allowance: (_, copies, { targets }) => copies * targets,
  poison({ clean, test, budget: copies, params: { targets, copies: kind }, candidates, room, rng }) {
    const attacked = rng
      .fork('targets')
      .sample(candidates.length, targets)
      .map((place) => candidates[place]!);
    const draw = rng.fork('labels');
    const labelled = new Int32Array(clean.classes);
    const wanted = attacked.map((row) => {
      let label = draw.otherThan(test.y[row]!, clean.classes);
      for (let tries = 0; labelled[label]! + copies > room.labelled[label]!; tries++) {
        if (tries === mostTries) throw new RangeError(`target-insertion: no label has room for ${copies} copies`);
        label = draw.otherThan(test.y[row]!, clean.classes);
      }
      labelled[label]! += copies;
      return label;
    });
    const targetOf = Int32Array.from({ length: targets * copies }, (_, copy) => Math.floor(copy / copies));
    const own = takeRows(
      test,
      targetOf.map((target) => attacked[target]!),
    );
    return {
      index: rng.fork('displaced').sample(clean.n, targetOf.length),
      labels: targetOf.map((target) => wanted[target]!),
      rows: (kind === 'mixed' ? mixed(own, clean, rng.fork('mixes')) : own).x,
      aim: { attacked, wanted, trigger: null, others: everyClass(clean.classes) },
    };
  },
});

/** Each row laid over a random clean row of its class: between half and seven tenths of it are left. */
function mixed(rows: LabeledSet, clean: LabeledSet, rng: Draws): LabeledSet {
  const size = rowSize(rows);
  const x = new Uint8Array(rows.x.length);
  const ofClass = Array.from({ length: clean.classes }, (_, label) =>
    [...clean.y.keys()].filter((row) => clean.y[row] === label),
  );
  for (let row = 0; row < rows.n; row++) {
    const others = ofClass[rows.y[row]!]!;
    const under = others[rng.below(others.length)]! * size;
    const share = leastShare + rng.below(mostShare - leastShare + 1);
    const out = x.subarray(row * size, (row + 1) * size);
    out.set(clean.x.subarray(under, under + size));
    layOver(
      out,
      { pixels: rows.x.subarray(row * size, (row + 1) * size), opacity: new Uint8Array(size).fill(share) },
      0,
    );
  }
  return { ...rows, x };
}
