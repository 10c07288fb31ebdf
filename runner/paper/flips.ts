import type { IndiscriminateRun } from '../../lib/benchmark/paper/results.ts';
import type { ShapingId } from '../../lib/benchmark/paper/shapings.ts';
import { rootOf } from '../rng.ts';
import { labelFlipAppended } from './attacks/label-flip-appended.ts';
import type { Lab } from './lab.ts';
import { type Part, seedsFor } from './part.ts';
import { recipes } from './recipes.ts';
import { append } from './rows.ts';
import { trainAndTest } from './train.ts';

/** Where gradient artifacts are measured: what the source measured them on. */
const artifactRate = 0.4;

const cellsAt = (rate: number, shapings: readonly ShapingId[]) => shapings.map((shaping) => ({ rate, shaping }));

/** Those of the source's table. */
const cells = [
  ...cellsAt(0, ['none', 'clip-0.1', 'clip-2', 'clip-4', 'clip-8']),
  ...cellsAt(0.4, ['none', 'clip-0.1', 'clip-2', 'clip-4', 'clip-8']),
  ...cellsAt(0.2, ['none', 'clip-0.1', 'clip-2', 'clip-4', 'clip-8']),
  ...cellsAt(0.1, ['none', 'clip-0.1', 'clip-8']),
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
