import type { LabeledSet, Layer, ModelCard, Weights } from '../../lib/contract/defense.ts';

/**
 * One row's gradient of the cross-entropy with respect to every parameter, flat, in plain float64 loops: the slow
 * oracle. A layer is a list of connections here, whatever its kind: which input times which kernel number goes into
 * which output, with which bias.
 */
export function gradientOf(model: ModelCard, weights: Weights, rows: LabeledSet, row: number): Float64Array {
  const width = rows.x.length / rows.n;
  const layers: { layer: Layer; connections: Connections; kernel: Float32Array; bias: Float32Array }[] = [];
  const activations = [
    Float64Array.from(rows.x.subarray(row * width, (row + 1) * width), (value) => value / rows.scale),
  ];
  let shape = model.shape;
  for (const layer of model.layers) {
    const [kernel, bias] =
      layer.kind === 'maxpool'
        ? [none, none]
        : [0, 1].map((part) => weights[2 * layers.filter(hasWeights).length + part]!.data);
    const input = activations.at(-1)!;
    const { outputShape, connections } = connected(layer, shape, input);
    shape = outputShape;
    layers.push({ layer, connections, kernel: kernel!, bias: bias! });
    const output = Float64Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, at) =>
      'units' in layer ? bias![at % layer.units]! : 0,
    );
    for (const [from, by, to] of connections) output[to]! += input[from]! * (by < 0 ? 1 : kernel![by]!);
    activations.push(isRelu(layer) ? output.map((value) => Math.max(0, value)) : output);
  }
  const logits = activations.pop()!;
  const top = Math.max(...logits);
  const shares = logits.map((logit) => Math.exp(logit - top));
  const total = shares.reduce((sum, share) => sum + share, 0);
  let delta = shares.map((share, index) => share / total - (index === rows.y[row] ? 1 : 0));
  const parts: Float64Array[] = [];
  for (const [index, { layer, connections, kernel, bias }] of [...layers.entries()].reverse()) {
    const input = activations[index]!;
    const [below, ofKernel, ofBias] = [
      new Float64Array(input.length),
      new Float64Array(kernel.length),
      new Float64Array(bias.length),
    ];
    for (const [from, by, to] of connections) {
      below[from]! += delta[to]! * (by < 0 ? 1 : kernel[by]!);
      if (by >= 0) ofKernel[by]! += input[from]! * delta[to]!;
    }
    if ('units' in layer) for (const [at, value] of delta.entries()) ofBias[at % layer.units]! += value;
    parts.unshift(ofKernel, ofBias);
    delta =
      index > 0 && isRelu(layers[index - 1]!.layer) ? below.map((value, at) => (input[at]! <= 0 ? 0 : value)) : below;
  }
  return Float64Array.from(parts.flatMap((part) => [...part]));
}

/** [input, number of the kernel or −1 for a factor of 1, output]. */
type Connections = [from: number, by: number, to: number][];
const none = new Float32Array(0);
const hasWeights = ({ layer }: { layer: Layer }) => 'units' in layer;
const isRelu = (layer: Layer) => 'activation' in layer && layer.activation === 'relu';

function connected(
  layer: Layer,
  shape: readonly number[],
  input: Float64Array,
): { outputShape: readonly number[]; connections: Connections } {
  const connections: Connections = [];
  if (layer.kind === 'dense') {
    for (let to = 0; to < layer.units; to++)
      for (let from = 0; from < input.length; from++) connections.push([from, from * layer.units + to, to]);
    return { outputShape: [layer.units], connections };
  }
  const [height, width, channels] = shape as [number, number, number];
  if (layer.kind === 'conv') {
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++)
        for (let dy = -1; dy <= 1; dy++)
          for (let dx = -1; dx <= 1; dx++) {
            if (y + dy < 0 || y + dy >= height || x + dx < 0 || x + dx >= width) continue;
            for (let channel = 0; channel < channels; channel++)
              for (let unit = 0; unit < layer.units; unit++) {
                const from = ((y + dy) * width + x + dx) * channels + channel;
                const by = (((dy + 1) * 3 + dx + 1) * channels + channel) * layer.units + unit;
                connections.push([from, by, (y * width + x) * layer.units + unit]);
              }
          }
    return { outputShape: [height, width, layer.units], connections };
  }
  const [rows, columns] = [Math.floor(height / 2), Math.floor(width / 2)];
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < columns; x++)
      for (let channel = 0; channel < channels; channel++) {
        const four = [0, 1, width, width + 1].map((step) => (2 * y * width + 2 * x + step) * channels + channel);
        const largest = four.reduce((best, place) => (input[place]! > input[best]! ? place : best));
        connections.push([largest, -1, (y * columns + x) * channels + channel]);
      }
  return { outputShape: [rows, columns, channels], connections };
}
