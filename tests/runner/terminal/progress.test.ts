import { afterEach, expect, it, vi } from 'vitest';

const stop = new AbortController();
vi.mock('../../../runner/terminal/interrupt.ts', () => ({ interrupted: stop.signal }));
vi.mock('../../../runner/host/env.ts', () => ({ env: () => ({}) }));

afterEach(() => void vi.restoreAllMocks());

it('after Ctrl-C no line moves behind the word on what is kept', async () => {
  const { isTTY } = process.stderr;
  Object.assign(process.stderr, { isTTY: true });
  let written = '';
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    written += String(text);
    return true;
  });
  try {
    const { progressOf } = await import('../../../runner/terminal/progress.ts');
    const progress = progressOf('suite');
    progress.update(0.5, 'crafting');
    stop.abort();
    process.stderr.write('\nStopped.\n');
    progress.update(0.6, 'crafting');
    expect(written).toBe(`[${'#'.repeat(10)}${'.'.repeat(10)}] suite  50 %  crafting\nStopped.\n`);
  } finally {
    Object.assign(process.stderr, { isTTY });
  }
});
