import { afterAll, describe, expect, it } from 'vitest';
import { scratchTree } from '../support/mutants.ts';
import { faults } from './faults/index.ts';

const tree = scratchTree();
const clean = new Map<string, string[]>();
const killed = new Map<string, boolean>();
afterAll(() => {
  tree.remove();
  const alive = [...killed].flatMap(([id, is]) => (is ? [] : [id]));
  const share = (100 * (killed.size - alive.length)) / killed.size;
  process.stdout.write(
    `killed ${killed.size - alive.length} of ${killed.size} (${share.toFixed(1)} %); alive: ${alive.join(', ') || 'none'}\n`,
  );
});

describe('a planted fault is seen by its tests', () => {
  it.each(faults)('$file $id', { timeout: 1_800_000 }, (fault) => {
    const key = fault.tests.join(' ');
    if (!clean.has(key)) clean.set(key, tree.failing(fault.tests));
    expect(clean.get(key), `${key} pass without a fault`).toEqual([]);
    const mend = tree.plant(fault);
    try {
      const [seenBy] = tree.failing(fault.tests);
      killed.set(fault.id, seenBy !== undefined);
      process.stdout.write(`${fault.id}: ${seenBy === undefined ? 'alive' : `seen by '${seenBy}'`}\n`);
      expect(seenBy, `${fault.breaks} No test fails.`).toBeDefined();
    } finally {
      mend();
    }
  });
});
