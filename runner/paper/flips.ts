import type { IndiscriminateRun } from '../../lib/benchmark/paper/results.ts';
import type { ShapingId } from '../../lib/benchmark/paper/shapings.ts';
import { rootOf } from '../rng.ts';
import { labelFlipAppended } from './attacks/label-flip-appended.ts';
import type { Lab } from './lab.ts';
import { type Part, seedsFor } from './part.ts';
import { recipes } from './recipes.ts';
import { append } from './rows.ts';
import { trainAndTest } from './train.ts';

/** At the rates of the source's table every clipping norm, at two more those of the curves. */
const rates = [0, 0.4, 0.2, 0.1];
const clipping: ShapingId[] = ['none', 'clip-0.1', 'clip-2', 'clip-4', 'clip-8'];
const curveRates = [0.05, 0.3];
const curves: ShapingId[] = ['none', 'clip-0.1', 'clip-4'];
/** Where gradient artifacts are measured: what the source measured them on. */
const artifactRate = 0.4;

const cells = [
  ...rates.flatMap((rate) => clipping.map((shaping) => ({ rate, shaping }))),
  ...curveRates.flatMap((rate) => curves.map((shaping) => ({ rate, shaping }))),
];

/** (a) Random label flips, appended, on `lr` from scratch; rate 0 is the clean run that the other parts share. */
export const flips: Part<'flips'> = {
  id: 'flips',
  datasets: ['fashion-mnist-3-4'],
  inputs: { recipe: recipes.binary, artifactRate },
  units: cells.flatMap(({ rate, shaping }) =>
    seedsFor.lr.map((seed) => ({ key: `${rate}.${shaping}.${seed}`, make: async (lab: Lab) => [await flipsRun(lab, { rate, shaping, seed })] })),
  ),
};

export async function flipsRun(lab: Lab, { rate, shaping, seed }: { rate: number; shaping: ShapingId; seed: number }): Promise<IndiscriminateRun> {
  const { train, test } = await lab.split('fashion-mnist-3-4');
  const poison = labelFlipAppended(train, rate, rootOf(`antidote paper flips\0${seed}`));
  const { best, last, artifacts } = await trainAndTest(
    lab,
    {
      dataset: 'fashion-mnist-3-4',
      model: 'lr',
      recipe: recipes.binary,
      shaping,
      seed,
      train: append(train, poison),
      ...(rate === artifactRate ? { poisonFrom: train.n } : {}),
    },
    test,
  );
  return { rate, shaping, seed, best, last, artifacts };
}
