import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { faults } from './mutants/faults/index.ts';
import { missing, planted } from './support/mutants.ts';

describe('the list of planted faults', () => {
  it.each(faults)('$id still applies, and its tests are there', (fault) => {
    const text = readFileSync(fault.file, 'utf8');
    expect(planted(fault, text)).not.toBe(text);
    expect(missing(fault)).toEqual([]);
  });

  it('has at least 60, each under a name of its own', () => {
    expect(new Set(faults.map(({ id }) => id)).size).toBe(faults.length);
    expect(faults.length).toBeGreaterThanOrEqual(60);
  });

  it('refuses a fault whose text is gone or occurs twice', () => {
    const fault = { id: 'x', file: 'a.ts', from: 'b', to: 'c', breaks: '', tests: [] };
    expect(() => planted(fault, 'a')).toThrow("x: 'b' should occur once in a.ts, and occurs 0 times.");
    expect(() => planted(fault, 'bb')).toThrow('occurs 2 times');
  });
});
