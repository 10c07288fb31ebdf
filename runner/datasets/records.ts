import type { LabeledSet } from '../../lib/contract/defense.ts';

/** A data set as records, each a label byte and its pixels. */
export type RecordForm = { readonly classes: number; readonly shape: readonly number[] };

/**
 * The records in canonical order: sorted by their bytes. It makes a data set independent of the place that it came
 * from.
 */
export function inCanonicalOrder(records: readonly Uint8Array[]): Uint8Array {
  const sorted = records.toSorted(Buffer.compare);
  const all = new Uint8Array(sorted.reduce((sum, record) => sum + record.length, 0));
  let at = 0;
  for (const record of sorted) {
    all.set(record, at);
    at += record.length;
  }
  return all;
}

/** The records of a file, as views. Throws RangeError for a torn file. */
export function recordsOf(file: Uint8Array, length: number): Uint8Array[] {
  if (file.length % length !== 0) throw new RangeError(`a file of ${file.length} bytes, want records of ${length}`);
  return Array.from({ length: file.length / length }, (_, index) =>
    file.subarray(index * length, (index + 1) * length),
  );
}

/** The rows of a file of records; `pixels` writes one record's, given without its label, as the row has them. */
export function labeledSetOf(
  file: Uint8Array,
  { classes, shape }: RecordForm,
  recordSize: number,
  pixels: (from: Uint8Array, to: Uint8Array) => void,
): LabeledSet {
  const records = recordsOf(file, recordSize);
  const size = shape.reduce((product, length) => product * length, 1);
  const x = new Uint8Array(records.length * size);
  for (const [row, record] of records.entries()) pixels(record.subarray(1), x.subarray(row * size, (row + 1) * size));
  return { n: records.length, classes, shape, scale: 255, x, y: Int32Array.from(records, (record) => record[0]!) };
}
