/** Class probabilities of one row of logits. [classes] */
export function softmax(logits: Float32Array): Float64Array {
  const top = logits.reduce((most, logit) => Math.max(most, logit), -Infinity);
  const shares = Float64Array.from(logits, (logit) => Math.exp(logit - top));
  const total = shares.reduce((sum, share) => sum + share, 0);
  return shares.map((share) => share / total);
}
