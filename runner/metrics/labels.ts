/** The likeliest class of each row; of equals the smaller. `logits` is [n, classes]. */
export function labelsOf(logits: Float32Array, n: number): Int32Array {
  const classes = logits.length / n;
  return Int32Array.from({ length: n }, (_, row) => {
    let best = 0;
    for (let label = 1; label < classes; label++)
      if (logits[row * classes + label]! > logits[row * classes + best]!) best = label;
    return best;
  });
}
