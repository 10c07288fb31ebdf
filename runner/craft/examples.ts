import type { Poison } from '../../lib/contract/attack.ts';
import type { LabeledSet } from '../../lib/contract/defense.ts';
import type { PoisonExamples } from '../../lib/contract/poison-examples.ts';
import type { Scenario, Suite, Trial } from '../../lib/contract/suite.ts';
import type { Split } from '../datasets/dataset.ts';
import { rowAt, takeRows } from '../datasets/rows.ts';
import { poisoned } from './trial-data.ts';

const most = 8;

/** The one trial of a scenario that is shown: the first scored seed, the largest budget. */
export const isShown = ({ seeds }: Suite, { budgets }: Scenario, { seed, budget }: Trial): boolean =>
  seed === seeds[0] && budget === Math.max(...budgets);

/**
 * Up to eight rows of the poison, evenly spread over it, each beside the clean row that it was made from. That is the
 * row it copies, or otherwise the row whose place it takes. A row that is both stands for itself.
 */
export function examplesOf(poison: Poison, { train, test }: Split): PoisonExamples {
  const { index, aim } = poison;
  const count = Math.min(most, index.length);
  const places = Int32Array.from({ length: count }, (_, i) => index[Math.floor((i * index.length) / count)]!);
  const after = takeRows(poisoned(train, poison), places);
  const originals = [...places].map((place, i) => {
    const [set, row] = copied(rowAt(after, i), [train, [place]], [test, aim.attacked], [train, range(train.n)]) ?? [
      train,
      place,
    ];
    return takeRows(set, [row]);
  });
  return {
    shape: train.shape,
    index: places,
    clean: Uint8Array.from(originals.flatMap(({ x }) => [...x])),
    poison: after.x,
    cleanLabels: Int32Array.from(originals, ({ y }) => y[0]!),
    poisonLabels: after.y,
  };
}

/** The first of these rows whose pixels are exactly those, or null. */
function copied(pixels: Uint8Array, ...places: [LabeledSet, ArrayLike<number>][]): [LabeledSet, number] | null {
  for (const [set, rows] of places)
    for (let i = 0; i < rows.length; i++)
      if (Buffer.compare(rowAt(set, rows[i]!), pixels) === 0) return [set, rows[i]!];
  return null;
}

const range = (n: number) => Int32Array.from({ length: n }, (_, row) => row);
