import { suiteClassNames, suiteExamples } from '@/lib/suite-examples.ts';
import type { Occurrence } from './occurrences.ts';

/** One poison row beside the clean one that it was made from. `difference` is null where only the label changes. */
export type Example = {
  row: number;
  shape: readonly [number, number, number];
  clean: Uint8Array;
  poison: Uint8Array;
  difference: Uint8Array | null;
  cleanLabel: string;
  poisonLabel: string;
};

/**
 * The pictures of the first scenario that is built on this site, with its name; null while none is, or where rows are
 * no pictures.
 */
export async function firstExamples(
  occurrences: readonly Occurrence[],
): Promise<(Occurrence & { examples: Example[] }) | null> {
  for (const occurrence of occurrences) {
    const found = await suiteExamples(occurrence.suite, occurrence.scenario);
    const [height, width, channels] = found?.shape ?? [];
    if (!found || !height || !width || !channels) continue;
    const size = height * width * channels;
    const names = await suiteClassNames(occurrence.suite, occurrence.scenario.dataset);
    const examples = [...found.index].map((row, i): Example => {
      const clean = found.clean.subarray(i * size, (i + 1) * size);
      const poison = found.poison.subarray(i * size, (i + 1) * size);
      const nameOf = (label: number) => names[label] ?? `class ${label}`;
      return {
        row,
        shape: [height, width, channels],
        clean,
        poison,
        difference: poison.every((value, at) => value === clean[at]) ? null : difference(clean, poison),
        cleanLabel: nameOf(found.cleanLabels[i]!),
        poisonLabel: nameOf(found.poisonLabels[i]!),
      };
    });
    return { ...occurrence, examples };
  }
  return null;
}

/** Middle gray where nothing changes, lighter where the poison is lighter, darker where it is darker. */
export const difference = (clean: Uint8Array, poison: Uint8Array) =>
  poison.map((value, at) => 128 + Math.trunc((value - clean[at]!) / 2));
