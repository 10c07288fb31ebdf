/**
 * output/scale + bias, and ReLU, in place. ReLU as (v + |v|)/2, exact for every number: with a branch half of the signs
 * would be guessed wrong, at four times the cost. NaN stays NaN and −∞ becomes it: a unit that diverged is not hidden.
 */
export function activate(output: Float32Array, bias: Float32Array, scale: number, relu: boolean): void {
  const units = bias.length;
  const inverse = 1 / scale;
  for (let start = 0; start < output.length; start += units)
    for (let unit = 0; unit < units; unit++) {
      const value = output[start + unit]! * inverse + bias[unit]!;
      output[start + unit] = relu ? (value + Math.abs(value)) * 0.5 : value;
    }
}

/**
 * Where ReLU gave 0 nothing comes back, in place: by the bits, for a branch would be guessed wrong half of the time.
 */
export function gate(deltas: Float32Array, outputs: Float32Array): void {
  const bits = new Int32Array(deltas.buffer, deltas.byteOffset, deltas.length);
  const given = new Int32Array(outputs.buffer, outputs.byteOffset, outputs.length);
  for (let index = 0; index < bits.length; index++) bits[index]! &= (given[index]! | -given[index]!) >> 31;
}
