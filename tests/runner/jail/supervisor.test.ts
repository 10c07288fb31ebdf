import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ownerMark, withScratch } from '../../../runner/host/scratch.ts';
import { requires } from '../../support/requires.ts';
import { supervision } from './supervision.ts';

describe.runIf(requires('bubblewrap'))('a supervisor as a process of its own', () => {
  supervision('bubblewrap');

  test('that was killed has its folders cleared away by the next', async () => {
    const mark = ownerMark();
    const orphan = mkdtempSync(join(tmpdir(), mark.replace(`-${process.pid}-`, '-4194305-'))); // beyond the largest process id
    await withScratch(async (mine) => {
      expect(readdirSync(tmpdir())).toContain(mine.split('/').at(-1));
      expect(readdirSync(tmpdir())).not.toContain(orphan.split('/').at(-1));
    });
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith(mark))).toEqual([]);
  });
});
