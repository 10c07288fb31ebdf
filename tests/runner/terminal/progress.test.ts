import { afterEach, expect, it, vi } from 'vitest';
import { listenForInterrupts, saysWhenInterrupted } from '../../../runner/terminal/interrupt.ts';
import { progressOf } from '../../../runner/terminal/progress.ts';

vi.mock('../../../runner/host/env.ts', () => ({ env: () => ({}) }));

const before = { isTTY: process.stderr.isTTY, ints: process.listeners('SIGINT'), terms: process.listeners('SIGTERM') };
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
  Object.assign(process.stderr, { isTTY: before.isTTY });
  process.exitCode = undefined;
  for (const [signal, known] of [
    ['SIGINT', before.ints],
    ['SIGTERM', before.terms],
  ] as const)
    for (const listener of process.listeners(signal)) if (!known.includes(listener)) process.off(signal, listener);
});

it('writes a line at each tenth where it can’t move one, of every stage', () => {
  Object.assign(process.stderr, { isTTY: false });
  const lines: string[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
  const progress = progressOf('season');
  for (const [fraction, what] of [
    [0, 'crafting'],
    [0.05, 'crafting'],
    [0.95, 'crafting'],
    [0, 'training'],
    [0.04, 'training'],
    [0.1, 'training'],
  ] as const)
    progress.update(fraction, what);
  expect(lines).toEqual([
    'season   0 %  crafting\n',
    'season  95 %  crafting\n',
    'season   0 %  training\n',
    'season  10 %  training\n',
  ]);
});

it('after Ctrl-C no line moves behind the word on what is kept', () => {
  vi.useFakeTimers(); // the process would end
  Object.assign(process.stderr, { isTTY: true });
  let written = '';
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    written += String(text);
    return true;
  });
  listenForInterrupts();
  saysWhenInterrupted('Stopped.');
  const progress = progressOf('suite');
  progress.update(0.5, 'crafting');
  process.emit('SIGINT');
  progress.update(0.6, 'crafting');
  expect(written).toBe(`[${'#'.repeat(10)}${'.'.repeat(10)}] suite  50 %  crafting\nStopped.\n`);
});
