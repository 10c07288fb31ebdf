import { spawn } from 'node:child_process';
import { expect, test } from 'vitest';
import { defaultLimits } from '../../../runner/jail/jail.ts';
import { isAlive, killProcess, processOf, treeOf } from '../../../runner/jail/process-tree.ts';
import { watchdogMeter } from '../../../runner/jail/watchdog.ts';
import { eventually } from '../../support/eventually.ts';

/** A process of ours that runs this script until it is killed. */
async function running(script: string) {
  const child = spawn(process.execPath, ['-e', `${script}; setInterval(() => {}, 1000)`], { stdio: 'ignore' });
  const ended = new Promise<NodeJS.Signals | null>((resolve) => child.once('exit', (_, signal) => resolve(signal)));
  return { process: processOf(child.pid!)!, ended };
}

test('where there is no cgroup, a process that takes too much memory is seen and killed', async () => {
  const { process: taking, ended } = await running(
    'const all = []; setInterval(() => all.push(Buffer.alloc(2 ** 24, 1)), 5)',
  );
  const meter = watchdogMeter(taking, { ...defaultLimits, memoryBytes: 200 * 2 ** 20 }, () => killProcess(taking));
  expect(await ended).toBe('SIGKILL');
  await meter.close();
  expect(meter.exceeded()).toBe(true);
  expect(meter.peakBytes()).toBeGreaterThan(200 * 2 ** 20);
});

test('one that starts too many others is killed, and not for its memory', async () => {
  const { process: starting, ended } = await running(
    "for (let i = 0; i < 4; i++) require('node:child_process').spawn(process.execPath, ['-e', 'setTimeout(() => {}, 3000)'])",
  );
  const meter = watchdogMeter(starting, { ...defaultLimits, tasks: 30 }, () => killProcess(starting));
  expect(await ended).toBe('SIGKILL');
  await meter.close();
  expect(meter.exceeded()).toBe(false);
});

test('a modest one is left alone', async () => {
  const { process: modest, ended } = await running('');
  const meter = watchdogMeter(modest, defaultLimits, () => killProcess(modest));
  await eventually(() => (meter.peakBytes() ?? 0) > 10e6);
  expect([isAlive(modest), meter.exceeded()]).toEqual([true, false]);
  await meter.close();
  killProcess(modest);
  await ended;
});

test('a process is known by its number and its beginning, so that a later one of the same number is not killed', async () => {
  const { process: one, ended } = await running('');
  expect(treeOf(process.pid)).toContain(one.pid);
  killProcess({ ...one, began: '1' });
  expect(isAlive(one)).toBe(true);
  killProcess(one);
  await ended;
  expect(isAlive(one)).toBe(false);
  killProcess(one);
});
