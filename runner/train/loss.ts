import { exponential } from './exponential.ts';

/** What a batch's outputs are compared with. */
export type Wanted = {
  readonly labels: Int32Array;
  /** Shares of the classes in place of labels, [n, classes]; null: the labels. */
  readonly targets: Float32Array | null;
  /** Multiply each row's loss; null: all 1. */
  readonly rowWeights: Float32Array | null;
};

/**
 * ∂(w_i · cross-entropy_i)/∂logits: softmax less the target, which is one-hot where there are labels alone, times the
 * row's own weight where there is one. [n, classes] The loss is summed over rows, not averaged. A row whose logits are
 * not finite gives NaN.
 */
export function lossDeltas(logits: Float32Array, { labels, targets, rowWeights }: Wanted): Float32Array {
  const classes = logits.length / labels.length;
  const deltas = new Float32Array(logits.length);
  const shares = new Float64Array(classes);
  for (let row = 0; row < labels.length; row++) {
    const start = row * classes;
    let top = -Infinity;
    for (let index = 0; index < classes; index++) if (logits[start + index]! > top) top = logits[start + index]!;
    let total = 0;
    for (let index = 0; index < classes; index++) {
      const share = exponential(logits[start + index]! - top);
      shares[index] = share;
      total += share;
    }
    const weight = rowWeights ? rowWeights[row]! : 1;
    for (let index = 0; index < classes; index++) {
      const target = targets ? targets[start + index]! : index === labels[row] ? 1 : 0;
      deltas[start + index] = weight * (shares[index]! / total - target);
    }
  }
  return deltas;
}
