import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { holdFolder } from '../../lib/db/folder-lock.ts';

describe('a held folder', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'antidote-lock-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is held by one process: another is refused, and told by which', async () => {
    const held = await holdFolder(folder);
    await expect(holdFolder(folder)).rejects.toThrow(`in use by process ${process.pid}`);
    held.release();
    expect(existsSync(join(folder, 'db.lock'))).toBe(false);
    (await holdFolder(folder)).release();
  });

  it('is taken over from a process that was killed, also where its number lives on in another one', async () => {
    const child = spawn('sleep', ['30']);
    writeFileSync(join(folder, 'db.lock'), JSON.stringify({ pid: child.pid, started: 'in another life' }));
    (await holdFolder(folder)).release();
    child.kill('SIGKILL');
    await new Promise((done) => child.once('exit', done));
    writeFileSync(join(folder, 'db.lock'), JSON.stringify({ pid: child.pid, started: '1' }));
    (await holdFolder(folder)).release();
  });

  it('is taken over from a lock that was cut short', async () => {
    writeFileSync(join(folder, 'db.lock'), '{"pid":');
    (await holdFolder(folder)).release();
  });

  it('goes to one of many who find the same dead holder at once', async () => {
    writeFileSync(join(folder, 'db.lock'), JSON.stringify({ pid: 999_999_999, started: '1' }));
    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => holdFolder(folder)));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(JSON.parse(readFileSync(join(folder, 'db.lock'), 'utf8')).pid).toBe(process.pid);
  });
});
