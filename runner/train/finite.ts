/** A number that is not finite where a training needs one: whoever handed it over is told what it was, and where. */
export class NotFinite extends RangeError {
  override name = 'NotFinite';
}

/** The place of the first number that is not finite; −1 where there is none. */
export function firstNotFinite(values: Float32Array): number {
  let [a, b, c, d] = [0, 0, 0, 0]; // NaN from the first bad one on; four, since each sum waits for the last one
  const whole = values.length - (values.length % 4);
  for (let index = 0; index < whole; index += 4) {
    a += values[index]! * 0;
    b += values[index + 1]! * 0;
    c += values[index + 2]! * 0;
    d += values[index + 3]! * 0;
  }
  for (let index = whole; index < values.length; index++) a += values[index]! * 0;
  return a + b + c + d === 0 ? -1 : values.findIndex((value) => !Number.isFinite(value));
}

export function requireFinite(value: number, what: string): void {
  if (!Number.isFinite(value)) throw new NotFinite(`${what} is ${value}, want a finite number`);
}

const steps = new WeakMap<object, number>();

/** Remembers in which step of a training that was thrown. */
export function thrownInStep(thrown: unknown, step: number): void {
  if (typeof thrown === 'object' && thrown !== null && !steps.has(thrown)) steps.set(thrown, step);
}

export const stepOf = (thrown: unknown): number | undefined => steps.get(Object(thrown));
