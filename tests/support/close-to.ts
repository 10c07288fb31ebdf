/** The same value with every number allowed to differ by so much: to be held against with `toEqual`. */
export function closeTo(value: unknown, by: number): unknown {
  if (typeof value === 'number')
    return {
      asymmetricMatch: (other: unknown) => typeof other === 'number' && Math.abs(other - value) <= by,
      toString: () => `${value} ± ${by}`,
    };
  if (Array.isArray(value)) return value.map((one) => closeTo(one, by));
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, closeTo(one, by)]));
  return value;
}
