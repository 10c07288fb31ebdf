import { expect, it, vi } from 'vitest';
import { prepare } from '../../../runner/start/prepare.ts';

const set = vi.hoisted(() => ({ ended: false }));
vi.mock('../../../runner/craft/prepare-suite.ts', () => ({
  prepareDatasets: () => Promise.reject(new Error('the disk is full')),
}));
vi.mock('../../../runner/host/python/make-set.ts', () => ({
  makeSet: (_: string, __: unknown, signal: AbortSignal) =>
    new Promise((_made, failed) =>
      signal.addEventListener('abort', () => {
        set.ended = true;
        failed(signal.reason);
      }),
    ),
}));

it('a start that fails leaves no installer running', async () => {
  await expect(prepare(new AbortController().signal)).rejects.toThrow('the disk is full');
  expect(set.ended).toBe(true);
});
