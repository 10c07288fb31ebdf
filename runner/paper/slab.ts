import type { IndiscriminateRun } from '../../lib/benchmark/paper/results.ts';
import type { ShapingId } from '../../lib/benchmark/paper/shapings.ts';
import type { Lab } from './lab.ts';
import { type Part, seedsFor } from './part.ts';
import { recipes } from './recipes.ts';
import { append } from './rows.ts';
import { poisons, rowsOf } from './slab/points.ts';
import { trainAndTest } from './train.ts';

/** Where gradient artifacts are measured, of undefended training: what the source measured them on. */
const artifactRate = 0.4;

const cellsAt = (rate: number, shapings: readonly ShapingId[]) => shapings.map((shaping) => ({ rate, shaping }));

/** Those of the source's table. */
const cells = [
  ...cellsAt(0.4, ['none', 'clip-0.1', 'clip-2', 'clip-4', 'clip-8']),
  ...cellsAt(0.2, ['none', 'clip-0.1', 'clip-2', 'clip-8']),
  ...cellsAt(0.1, ['none', 'clip-0.1', 'clip-2', 'clip-4']),
];

/** (b) The slab attack's poison, as the search found it, on `lr` from scratch. */
export const slab: Part<'slab'> = {
  id: 'slab',
  datasets: ['fashion-mnist-3-4'],
  inputs: {
    recipe: recipes.binary,
    artifactRate,
    poisons: poisons.map(({ rate, points }) => ({ rate, points: points.map(({ x, ...point }) => ({ ...point, x: [...x] })) })),
  },
  units: cells.flatMap(({ rate, shaping }) =>
    seedsFor.lr.map((seed) => ({ key: `${rate}.${shaping}.${seed}`, make: async (lab: Lab) => [await slabRun(lab, { rate, shaping, seed })] })),
  ),
};

export async function slabRun(lab: Lab, { rate, shaping, seed }: { rate: number; shaping: ShapingId; seed: number }): Promise<IndiscriminateRun> {
  const poison = poisons.find((found) => found.rate === rate);
  if (!poison) throw new RangeError(`slab: no poison was searched for rate ${rate}; there is one for ${poisons.map((found) => found.rate).join(', ')}`);
  const { train, test } = await lab.split('fashion-mnist-3-4');
  const { best, last, artifacts } = await trainAndTest(
    lab,
    {
      dataset: 'fashion-mnist-3-4',
      model: 'lr',
      recipe: recipes.binary,
      shaping,
      seed,
      train: append(train, rowsOf(poison.points)),
      ...(rate === artifactRate && shaping === 'none' ? { poisonFrom: train.n } : {}),
    },
    test,
  );
  return { rate, shaping, seed, best, last, artifacts };
}
