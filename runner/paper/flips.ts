import { rootOf } from '../random/rng.ts';
import { labelFlipAppended } from './attacks/label-flip-appended.ts';
import { artifactRate, type Cell, cellsAt, indiscriminateRun } from './indiscriminate.ts';
import type { Lab } from './lab.ts';
import { type Part, seedsFor } from './part.ts';
import { recipes } from './recipes.ts';

/** Those of the source's table, then its other ratios. */
const cells = [
  ...cellsAt(0, ['none', 'clip-0.1', 'clip-2', 'clip-4', 'clip-8']),
  ...cellsAt(0.4, ['none', 'clip-0.1', 'clip-2', 'clip-4', 'clip-8']),
  ...cellsAt(0.2, ['none', 'clip-0.1', 'clip-2', 'clip-4', 'clip-8']),
  ...cellsAt(0.1, ['none', 'clip-0.1', 'clip-8', 'clip-2']),
  ...[0.01, 0.02, 0.03, 0.04, 0.05, 0.3].flatMap((rate) => cellsAt(rate, ['none', 'clip-0.1', 'clip-2', 'clip-8'])),
];

/** (a) Random label flips, appended, on `lr` from scratch; rate 0 is the clean run that the other parts share. */
export const flips: Part<'flips'> = {
  id: 'flips',
  datasets: ['fashion-mnist-3-4'],
  inputs: { recipe: recipes.binary, artifactRate },
  units: cells.flatMap(({ rate, shaping }) =>
    seedsFor.lr.map((seed) => ({
      key: `${rate}.${shaping}.${seed}`,
      make: async (lab: Lab) => [await flipsRun(lab, { rate, shaping, seed })],
    })),
  ),
};

export const flipsRun = (lab: Lab, cell: Cell & { seed: number }) =>
  indiscriminateRun(
    lab,
    cell,
    (clean) => labelFlipAppended(clean, cell.rate, rootOf(`antidote paper flips\0${cell.seed}`)),
    cell.rate === artifactRate,
  );
