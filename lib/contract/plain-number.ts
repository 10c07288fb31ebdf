/**
 * The number that a person typed: decimal digits with a point or an exponent, as in 0.01 or 1e-5. NaN for anything
 * else; `Number` alone takes an empty text for 0, and knows 0x1, 0b1 and Infinity.
 */
export const plainNumber = (text: string): number =>
  /^\s*[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?\s*$/i.test(text) ? Number(text) : Number.NaN;
