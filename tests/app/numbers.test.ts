import { describe, expect, it } from 'vitest';
import { age, bytes, duration, percent, seconds, times } from '../../app/ui/numbers.ts';

describe('numbers for people', () => {
  it.each([
    [1, '1 minute'],
    [119, '119 minutes'],
    [150, '3 hours'],
    [4000, '3 days'],
  ])('%d minutes are %s', (minutes, text) => expect(duration(minutes)).toBe(text));

  it.each([
    [1, '1 byte'],
    [999, '999 bytes'],
    [1000, '1.0 kB'],
    [999_949, '999.9 kB'],
    [999_950, '1.0 MB'],
  ])('%d bytes are %s: the unit is chosen after rounding', (count, text) => expect(bytes(count)).toBe(text));

  it.each([
    [1, '1.0 s'],
    [99.94, '99.9 s'],
    [99.95, '100 s'],
  ])('%d seconds are %s', (value, text) => expect(seconds(value)).toBe(text));

  it.each([
    [1.004, '1.00×'],
    [9.996, '10.0×'],
    [99.96, '100×'],
  ])('%d times are %s', (factor, text) => expect(times(factor)).toBe(text));

  it.each([
    [-3, '0 s ago'],
    [59.4, '59 s ago'],
    [59.6, '1 minute ago'],
    [7199, '1 hour ago'],
  ])('%d seconds ago is %s', (elapsed, text) => expect(age(elapsed)).toBe(text));

  it.each([
    [-0.0001, '0.0 %'],
    [-0.001, '−0.1 %'],
    [0.5, '50.0 %'],
  ])('a share of %d is %s', (share, text) => expect(percent(share)).toBe(text));
});
