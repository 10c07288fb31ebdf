import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fillWhole } from '../../../runner/craft/staging.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'antidote-staging-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('a folder that is half filled when the process ends is gone, and one that is whole stays', async () => {
  const before = process.listeners('exit');
  await fillWhole(join(folder, 'whole'), async (staging) => writeFileSync(join(staging, 'a'), ''));
  expect(process.listeners('exit')).toEqual(before);
  await new Promise<void>((begun) => {
    void fillWhole(join(folder, 'half'), async (staging) => {
      writeFileSync(join(staging, 'a'), '');
      begun();
      await new Promise(() => {}); // a computation that hears no signal
    });
  });
  expect(readdirSync(folder)).toEqual([expect.stringMatching(/^half\.building-/), 'whole']);
  for (const listener of process.listeners('exit').filter((one) => !before.includes(one))) {
    process.off('exit', listener);
    listener(0); // as when this process ended
  }
  expect(readdirSync(folder)).toEqual(['whole']);
});

it('a disk that is full is named by the folder that has no room', async () => {
  const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
  const filling = fillWhole(join(folder, 'whole'), () => Promise.reject(full));
  await expect(filling).rejects.toMatchObject({ code: 'ENOSPC', path: join(folder, 'whole') });
  expect(readdirSync(folder)).toEqual([]);
});
