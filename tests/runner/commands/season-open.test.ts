import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { holdersOf } from '../../../runner/commands/season-open.ts';
import { UsageError } from '../../../runner/errors.ts';

const [own, other] = ['0b9e0f0e-5d0c-4c53-9d3a-3f0f3b5f0a01', '0b9e0f0e-5d0c-4c53-9d3a-3f0f3b5f0a02'];
let data = '';
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'antidote-holders-'));
  vi.stubEnv('ANTIDOTE_DATA', data);
});
afterEach(() => vi.unstubAllEnvs());

describe('the runners that hold a season', () => {
  it('are this machine’s own where none is named, and it has one', async () => {
    expect(await holdersOf(undefined)).toEqual([]);
    mkdirSync(join(data, 'runner'));
    const keys = { publicKey: 'x', privateKey: 'y' };
    writeFileSync(
      join(data, 'runner/identity.json'),
      JSON.stringify({ runner: own, class: 'official', labels: [], offered: [], ...keys }),
    );
    expect(await holdersOf(undefined)).toEqual([own]);
    expect(await holdersOf(other)).toEqual([other]);
    expect(await holdersOf('none')).toEqual([]);
  });

  it('are named by their ids', async () => {
    expect(await holdersOf(`${own},${other}`)).toEqual([own, other]);
    await expect(holdersOf('lab-a')).rejects.toThrow(UsageError);
  });
});
