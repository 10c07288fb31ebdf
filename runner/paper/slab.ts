import { artifactRate, type Cell, cellsAt, indiscriminateRun } from './indiscriminate.ts';
import type { Lab } from './lab.ts';
import { type Part, seedsFor } from './part.ts';
import { recipes } from './recipes.ts';
import { poisons, rowsOf } from './slab/points.ts';

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
    poisons: poisons.map(({ rate, points }) => ({
      rate,
      points: points.map(({ x, ...point }) => ({ ...point, x: [...x] })),
    })),
  },
  units: cells.flatMap(({ rate, shaping }) =>
    seedsFor.lr.map((seed) => ({
      key: `${rate}.${shaping}.${seed}`,
      make: async (lab: Lab) => [await slabRun(lab, { rate, shaping, seed })],
    })),
  ),
};

/** Gradient artifacts are measured of undefended training alone. */
export async function slabRun(lab: Lab, cell: Cell & { seed: number }) {
  const poison = poisons.find((found) => found.rate === cell.rate);
  if (!poison)
    throw new RangeError(
      `slab: no poison was searched for rate ${cell.rate}; there is one for ${poisons.map((found) => found.rate).join(', ')}`,
    );
  return indiscriminateRun(
    lab,
    cell,
    () => rowsOf(poison.points),
    cell.rate === artifactRate && cell.shaping === 'none',
  );
}
