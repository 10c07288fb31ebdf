import { readSafetensors, type TensorData, writeSafetensors } from './formats/safetensors.ts';

/** A few rows of a scenario's poison beside the clean rows that they were made from, as published: before jitter. */
export type PoisonExamples = {
  /** Of one row, for example [28, 28, 1]. */
  readonly shape: readonly number[];
  /** Rows of the training set whose places the poison takes. */
  readonly index: Int32Array; // [k]
  readonly clean: Uint8Array; // [k, ...shape]
  readonly poison: Uint8Array; // [k, ...shape]
  readonly cleanLabels: Int32Array; // [k]
  readonly poisonLabels: Int32Array; // [k]
};

/** Where a scenario's examples lie in the suite's folder. */
export const examplesPath = (scenario: string) => `${scenario}/examples.safetensors`;

export function encodeExamples({ shape, index, clean, poison, cleanLabels, poisonLabels }: PoisonExamples): Uint8Array {
  const list = (name: string, data: Int32Array) => ({ name, shape: [data.length], data });
  const images = (name: string, data: Uint8Array) => ({ name, shape: [index.length, ...shape], data });
  return writeSafetensors([
    list('index', index),
    images('clean', clean),
    images('poison', poison),
    list('clean_labels', cleanLabels),
    list('poison_labels', poisonLabels),
  ]);
}

/** Throws FormatError for what is no safetensors file, RangeError for one of other tensors. */
export function decodeExamples(file: Uint8Array): PoisonExamples {
  const tensors = new Map(readSafetensors(file).map((tensor) => [tensor.name, tensor]));
  const of = <Data extends TensorData>(name: string, type: new () => Data): Data => {
    const data = tensors.get(name)?.data;
    if (!(data instanceof type)) throw new RangeError(`decodeExamples: ${name} is missing or of another type`);
    return data;
  };
  return {
    index: of('index', Int32Array),
    clean: of('clean', Uint8Array),
    poison: of('poison', Uint8Array),
    cleanLabels: of('clean_labels', Int32Array),
    poisonLabels: of('poison_labels', Int32Array),
    shape: tensors.get('clean')!.shape.slice(1),
  };
}
