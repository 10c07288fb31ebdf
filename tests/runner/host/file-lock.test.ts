import { existsSync, mkdtempSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withLock } from '../../../runner/host/file-lock.ts';
import { ownerMark } from '../../../runner/host/scratch.ts';

const file = () => join(mkdtempSync(join(tmpdir(), 'antidote-lock-')), 'lock');
const others = () => new Promise((done) => setImmediate(done));
/** One look at a lock by somebody who does not wait: it is not taken, and its owner stays. */
async function expectHeld(path: string): Promise<void> {
  const owner = readFileSync(path, 'utf8');
  await expect(withLock(path, AbortSignal.abort(), async () => 'mine')).rejects.toThrow();
  expect(readFileSync(path, 'utf8')).toBe(owner);
}

describe('a lock', () => {
  it('is held by one at a time, and given back whatever happens', async () => {
    const path = file();
    let inside = 0;
    let most = 0;
    const use = async () => {
      most = Math.max(most, ++inside);
      await others();
      inside--;
      throw new Error('broken');
    };
    const ends = await Promise.allSettled([1, 2, 3].map(() => withLock(path, undefined, use)));
    expect([most, existsSync(path), ends.every(({ status }) => status === 'rejected')]).toEqual([1, false, true]);
  });

  it('of a dead owner is taken over', async () => {
    const path = file();
    writeFileSync(path, 'antidote-1-999999999-'); // of another pid namespace: only its age says that it is dead
    utimesSync(path, new Date(Date.now() - 60_000), new Date(Date.now() - 60_000));
    expect(await withLock(path, undefined, async () => 'mine')).toBe('mine');
  });

  it('of a living owner that is too busy to give a sign of life is not taken over for ten minutes', async () => {
    const path = file();
    const age = (minutes: number) =>
      utimesSync(path, new Date(Date.now() - minutes * 60_000), new Date(Date.now() - minutes * 60_000));
    writeFileSync(path, ownerMark().replace(/\d+-$/, `${process.ppid}-`));
    age(9);
    await expectHeld(path);
    age(11);
    expect(await withLock(path, undefined, async () => 'mine')).toBe('mine');
  });

  it('of a living owner is waited for until the signal', async () => {
    const path = file();
    writeFileSync(path, 'antidote-1-999999999-');
    await expectHeld(path);
  });
});
