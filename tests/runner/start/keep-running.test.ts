import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { keepRunning } from '../../../runner/start/keep-running.ts';
import { eventually } from '../../support/eventually.ts';

const waits = () => spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });

describe('a process that is kept running', () => {
  test('is started again when it is killed, also where a start fails in between, and no more once all is to end', async () => {
    const all = new AbortController();
    const started: ChildProcess[] = [];
    const lines: string[] = [];
    let starts = 0;
    const start = async () => {
      if (++starts === 2) throw new Error('the port is taken');
      started.push(waits());
      return started.at(-1)!;
    };
    const kept = await keepRunning({ title: 'It', start, say: (line) => lines.push(line), signal: all.signal });
    const [first] = started;
    first!.kill('SIGKILL');
    await eventually(() => started.length === 2 && kept.current() === started[1]);
    expect(lines).toEqual([
      `It (process ${first!.pid}) ended with SIGKILL; it is started again.`,
      'It does not start: the port is taken',
      `It is process ${started[1]!.pid} now.`,
    ]);
    all.abort();
    kept.current().kill('SIGKILL');
    await once(kept.current(), 'exit');
    expect([starts, lines.length]).toEqual([3, 3]);
  });

  test('is no process where its first start fails', async () => {
    const start = () => Promise.reject(new Error('no'));
    const kept = keepRunning({ title: 'It', start, say: () => {}, signal: new AbortController().signal });
    await expect(kept).rejects.toThrow('no');
  });
});
