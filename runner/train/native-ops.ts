import type { Tensor2D } from './matrix.ts';
import type { Tf } from './tf.ts';

type Attribute = { readonly name: string; readonly type: number; readonly value: number | boolean };
type Info = { readonly id: number; readonly shape: readonly number[]; readonly dtype: number };

/** What of the addon is used here. */
type Native = {
  readonly binding: {
    readonly TF_ATTR_TYPE: number;
    readonly TF_ATTR_BOOL: number;
    readonly TF_ATTR_INT: number;
    readonly TF_FLOAT: number;
    readonly TF_INT32: number;
    readonly TF_UINT8: number;
    createTensor(shape: readonly number[], dtype: number, values: Uint8Array): number;
  };
  createOutputTensor(info: Info): Tensor2D;
  executeSingleOutput(name: string, attributes: Attribute[], inputs: readonly object[]): Tensor2D;
};

/** Bytes inside the engine. */
export type ByteRows = {
  /** Those rows as floats, [places, columns]. */
  take(places: Int32Array): Tensor2D;
  dispose(): void;
};

/** Operations of TensorFlow that TensorFlow.js does not offer, on the native engine. */
export function nativeOps(tf: Tf) {
  const native = tf.backend() as ReturnType<Tf['backend']> & Native;
  const { binding } = native;
  const type = (name: string, value: number) => ({ name, type: binding.TF_ATTR_TYPE, value });
  const float = [type('T', binding.TF_FLOAT)];
  const toFloat = [
    type('SrcT', binding.TF_UINT8),
    type('DstT', binding.TF_FLOAT),
    { name: 'Truncate', type: binding.TF_ATTR_BOOL, value: false },
  ];
  const gather = [
    type('Tparams', binding.TF_UINT8),
    type('Tindices', binding.TF_INT32),
    type('Taxis', binding.TF_INT32),
    { name: 'batch_dims', type: binding.TF_ATTR_INT, value: 0 },
  ];
  return {
    /** The deltas where an output of ReLU is above 0, else 0 · delta. */
    reluGradient: (deltas: Tensor2D, outputs: Tensor2D) =>
      native.executeSingleOutput('ReluGrad', float, [deltas, outputs]),
    /** Takes a copy of the bytes, [n, columns]. */
    byteRows(bytes: Uint8Array, n: number, columns: number): ByteRows {
      const [shape, dtype] = [[n, columns], binding.TF_UINT8];
      const all = native.createOutputTensor({ id: binding.createTensor(shape, dtype, bytes.slice()), shape, dtype });
      const axis = tf.scalar(0, 'int32');
      return {
        take(places) {
          const rows = tf.tensor1d(places, 'int32');
          const taken = native.executeSingleOutput('GatherV2', gather, [all, rows, axis]);
          const floats = native.executeSingleOutput('Cast', toFloat, [taken]);
          rows.dispose();
          taken.dispose();
          return floats;
        },
        dispose() {
          all.dispose();
          axis.dispose();
        },
      };
    },
  };
}
