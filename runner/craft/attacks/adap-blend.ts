import { z } from 'zod';
import type { Draws } from '../../../lib/contract/attack.ts';
import { rowSize, takeRows } from '../../datasets/rows.ts';
import { allToOne } from './aims.ts';
import { blendOpacity } from './blend.ts';
import { rowsAtRate } from './budget.ts';
import { defineAttack } from './define-attack.ts';
import { Target, targetOf } from './target.ts';
import { layOver } from './trigger.ts';

const Params = z.strictObject({
  target: Target,
  /** Of the picture in training rows, out of 255; test rows have a fifth. */
  strength: z.int().min(1).max(255),
});

/** The picture is cut into this many blocks a side; a training row shows half of them. */
const side = 4;

/**
 * Adap-Blend: a blended backdoor against defenses that look for clusters of poison in a model's features. b·n rows get
 * the trigger and the target's label. As many others get the trigger and keep their label, so that the trigger alone
 * does not separate the poison. The picture has 16 blocks: a training row shows a random half of them, a test row all.
 *
 * Threat model: the attacker replaces at most 2b·n training rows by blended copies of themselves, and relabels half of
 * them. It does not choose the rows. At test time it can blend the picture into any row. It knows neither the model nor
 * the seed.
 */
export const adapBlend = defineAttack('adap-blend', {
  example: { budget: 0.2, params: { target: 2, strength: 60 } },
  largestBudget: 0.5,
  params: Params,
  allowance: (n, rate) => 2 * rowsAtRate(n, rate),
  poison({ clean, test, budget, params: { target: named, strength }, room, rng }) {
    const k = 2 * rowsAtRate(clean.n, budget);
    const target = targetOf(named, k, { room, rng });
    const size = rowSize(clean);
    const pixels = rng.fork('picture').bytes(size);
    const index = rng.fork('rows').sample(clean.n, k);
    const draw = rng.fork('blocks');
    const { x: rows, y } = takeRows(clean, index);
    for (let i = 0; i < index.length; i++)
      layOver(
        rows.subarray(i * size, (i + 1) * size),
        { pixels, opacity: halfOfTheBlocks(clean.shape as [number, number, number], strength, draw) },
        0,
      );
    const labels = y.map((label, i) => (i % 2 === 0 ? target : label)); // odd ones cover
    return {
      index,
      labels,
      rows,
      aim: allToOne(test, target, { pixels, opacity: new Uint8Array(size).fill(blendOpacity) }),
    };
  },
});

function halfOfTheBlocks(
  [height, width, channels]: readonly [number, number, number],
  strength: number,
  draw: Draws,
): Uint8Array {
  const shown = new Set(draw.sample(side * side, (side * side) / 2));
  return Uint8Array.from({ length: height * width * channels }, (_, at) => {
    const pixel = Math.floor(at / channels);
    const block =
      Math.floor((Math.floor(pixel / width) * side) / height) * side + Math.floor(((pixel % width) * side) / width);
    return shown.has(block) ? strength : 0;
  });
}
