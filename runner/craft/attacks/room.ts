import type { Draws, Room } from '../../../lib/contract/attack.ts';
import type { LabeledSet } from '../../../lib/contract/defense.ts';

/** Where no label histogram has to be kept. */
export const noBounds = ({ n, classes }: Pick<LabeledSet, 'n' | 'classes'>): Room => ({
  labelled: new Int32Array(classes).fill(n),
  taken: new Int32Array(classes).fill(n),
});

/** How many of these labels each class has. */
export function countsOf(labels: Int32Array, classes: number): Int32Array {
  const counts = new Int32Array(classes);
  for (const label of labels) counts[label]!++;
  return counts;
}

/** Which class's histogram such poison breaks, in words, or null. */
export function crowdedClass(room: Room, y: Int32Array, index: Int32Array, labels: Int32Array): string | null {
  const classes = room.labelled.length;
  const [labelled, taken] = [
    countsOf(labels, classes),
    countsOf(
      index.map((row) => y[row]!),
      classes,
    ),
  ];
  for (let c = 0; c < classes; c++) {
    if (labelled[c]! > room.labelled[c]!)
      return `${labelled[c]} poison rows of label ${c}, its histogram allows ${room.labelled[c]}`;
    if (taken[c]! - labelled[c]! > room.taken[c]!)
      return `it takes ${taken[c]! - labelled[c]!} rows of class ${c}, ${room.taken[c]} can be replaced`;
  }
  return null;
}

/** A class that k poison rows may be called, uniform among those with room. Throws RangeError where there is none. */
export function classWithRoom({ labelled }: Room, k: number, rng: Draws): number {
  const order = rng.shuffle(Int32Array.from({ length: labelled.length }, (_, c) => c));
  const found = order.find((c) => labelled[c]! >= k);
  if (found === undefined) throw new RangeError(`no class has room for ${k} poison rows`);
  return found;
}
