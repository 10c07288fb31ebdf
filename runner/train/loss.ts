import { exponential } from './exponential.ts';

/**
 * ∂(w_i · cross-entropy_i)/∂logits: softmax less one-hot, times the row's own weight where there is one. [n, classes]
 * The loss is summed over rows, not averaged. A row whose logits are not finite gives NaN.
 */
export function lossDeltas(logits: Float32Array, labels: Int32Array, rowWeights: Float32Array | null): Float32Array {
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
    for (let index = 0; index < classes; index++)
      deltas[start + index] = weight * (shares[index]! / total - (index === labels[row] ? 1 : 0));
  }
  return deltas;
}
