/**
 * Where the tail begins, and the area of each of the 256 layers, for exp(−x²/2): Marsaglia and Tsang 2000,
 * https://doi.org/10.18637/jss.v005.i08
 */
const tail = 3.6541528853610088;
const area = 0.00492867323399;
const layers = 256;
const grain = 2 ** -23;

/** Layer edges in falling order: edges[0] is the base layer's width, edges[256] = 0. heights[i] = exp(−edges[i]²/2). */
const edges = new Float64Array(layers + 1);
const heights = new Float64Array(layers + 1);
edges[0] = area / Math.exp(-0.5 * tail * tail);
edges[1] = tail;
for (let layer = 2; layer < layers; layer++)
  edges[layer] = Math.sqrt(-2 * Math.log(area / edges[layer - 1]! + Math.exp(-0.5 * edges[layer - 1]! ** 2)));
for (let layer = 0; layer <= layers; layer++) heights[layer] = Math.exp(-0.5 * edges[layer]! ** 2);

/** The 24-bit value of a draw is surely under the curve where its size is below this. */
const sure = Int32Array.from(
  { length: layers },
  (_, layer) => Math.floor(edges[layer + 1]! / edges[layer]! / grain) - 1,
);

/** `state`: of xoshiro128**, advanced in the loop's own variables and written back. */
type Source = { readonly state: Int32Array; next(): number; uniform(): number };

/**
 * n independent draws of N(0, std²), rounded to float32. Layer and value come from different bits of a draw (the
 * original's common bits are correlated: Doornik 2005). A value has 24 bits, so its grain near zero is 4e-7 std.
 */
export function ziggurat(source: Source, n: number, std: number): Float32Array {
  const { state } = source;
  const values = new Float32Array(n);
  const widths = edges.map((edge) => edge * grain * std);
  const unsure: number[] = []; // places and draws, settled after the loop: calls inside of it would cost half as much again
  let a = state[0]! | 0;
  let b = state[1]! | 0;
  let c = state[2]! | 0;
  let d = state[3]! | 0;
  for (let index = 0; index < n; index++) {
    const five = Math.imul(b, 5);
    const bits = Math.imul((five << 7) | (five >>> 25), 9);
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    const layer = bits & 255;
    const value = bits >> 8;
    if ((value ^ (value >> 31)) < sure[layer]!) values[index] = (value + 0.5) * widths[layer]!;
    else unsure.push(index, bits);
  }
  state.set([a, b, c, d]);
  for (let late = 0; late < unsure.length; late += 2) values[unsure[late]!] = std * settle(source, unsure[late + 1]!);
  return values;
}

/**
 * One draw in 70 comes here, since it may lie outside of the curve: it is in the tail, under the curve after all, or
 * drawn anew.
 */
function settle(source: Source, bits: number): number {
  const layer = bits & 255;
  const value = ((bits >> 8) + 0.5) * grain * edges[layer]!;
  if (Math.abs(value) < edges[layer + 1]!) return value;
  if (layer === 0) return value < 0 ? -beyondTail(source) : beyondTail(source);
  const height = heights[layer]! + source.uniform() * (heights[layer + 1]! - heights[layer]!);
  return height < Math.exp(-0.5 * value * value) ? value : settle(source, source.next());
}

/** |N(0, 1)| given that it exceeds `tail`: Marsaglia 1964. */
function beyondTail(source: Source): number {
  for (;;) {
    const x = -Math.log(1 - source.uniform()) / tail;
    const y = -Math.log(1 - source.uniform());
    if (y + y > x * x) return tail + x;
  }
}
