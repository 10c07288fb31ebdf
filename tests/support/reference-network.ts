import type { LabeledSet, ModelCard, Weights } from '../../lib/benchmark/defense.ts';

/** One row's gradient of the cross-entropy with respect to every parameter, flat, in plain float64 loops: the slow oracle. */
export function gradientOf(model: ModelCard, weights: Weights, rows: LabeledSet, row: number): Float64Array {
  const width = rows.x.length / rows.n;
  const activations = [Float64Array.from(rows.x.subarray(row * width, (row + 1) * width), (value) => value / rows.scale)];
  for (const [index, { units, activation }] of model.layers.entries()) {
    const [kernel, bias] = [weights[2 * index]!.data, weights[2 * index + 1]!.data];
    const input = activations[index]!;
    const output = Float64Array.from({ length: units }, (_, unit) =>
      input.reduce((sum, value, place) => sum + value * kernel[place * units + unit]!, bias[unit]!),
    );
    activations.push(activation === 'relu' ? output.map((value) => Math.max(0, value)) : output);
  }
  const logits = activations.at(-1)!;
  const top = Math.max(...logits);
  const shares = logits.map((logit) => Math.exp(logit - top));
  const total = shares.reduce((sum, share) => sum + share, 0);
  let delta = shares.map((share, index) => share / total - (index === rows.y[row] ? 1 : 0));
  const parts: Float64Array[] = [];
  for (let index = model.layers.length - 1; index >= 0; index--) {
    const { units } = model.layers[index]!;
    const input = activations[index]!;
    const kernel = weights[2 * index]!.data;
    parts.unshift(
      Float64Array.from({ length: input.length * units }, (_, at) => input[Math.floor(at / units)]! * delta[at % units]!),
      delta,
    );
    delta = input.map((value, place) => (index > 0 && value <= 0 ? 0 : delta.reduce((sum, one, unit) => sum + one * kernel[place * units + unit]!, 0)));
  }
  const flat = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    flat.set(part, offset);
    offset += part.length;
  }
  return flat;
}
