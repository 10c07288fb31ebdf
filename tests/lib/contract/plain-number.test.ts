import { expect, it } from 'vitest';
import { plainNumber } from '../../../lib/contract/plain-number.ts';

it.each([
  ['0.01', 0.01],
  ['1e-5', 1e-5],
  ['.5', 0.5],
  ['5.', 5],
  [' -2 ', -2],
  ...['', ' ', '.', 'e5', '0x1', '0b1', '0o7', 'Infinity', '1,5', '1_000', '１', '1 2'].map(
    (text): [string, number] => [text, Number.NaN],
  ),
])("reads '%s' as %d", (text, value) => expect(plainNumber(text)).toBe(value));

it('takes no time over many digits that are no number', () => {
  const begin = process.cpuUsage();
  expect(plainNumber(`${'1'.repeat(900_000)}x`)).toBe(Number.NaN);
  expect(plainNumber(`${' '.repeat(900_000)}x`)).toBe(Number.NaN);
  expect(process.cpuUsage(begin).user / 1e6).toBeLessThan(1);
});
