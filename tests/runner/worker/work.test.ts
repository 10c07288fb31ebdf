import { beforeEach, expect, it, vi } from 'vitest';
import type { LeaseAnswer } from '../../../lib/contract/protocol.ts';
import type { Site } from '../../../runner/worker/site.ts';
import { waitAfterFaults, work } from '../../../runner/worker/work.ts';

const waited = vi.hoisted(() => [] as number[]);
const ends = vi.hoisted(() => [] as boolean[]);
vi.mock('node:timers/promises', async (original) => ({
  ...(await original<typeof import('node:timers/promises')>()),
  setTimeout: async (ms: number) => {
    waited.push(ms / 1000);
  },
}));
vi.mock('../../../runner/worker/job.ts', () => ({ runJob: async () => ends.shift() }));

beforeEach(() => {
  waited.length = 0;
});

/** A site with so many jobs; each goes wrong on this machine or does not. */
async function worked(broke: readonly boolean[]): Promise<string[]> {
  ends.push(...broke);
  const said: string[] = [];
  const answer = { job: 'a', attempt: 1 } as LeaseAnswer;
  const site = { lease: async () => (ends.length > 0 ? answer : { waitSeconds: 1 }) } as unknown as Site;
  const { signal } = new AbortController();
  await work(site, { jobs: 1, once: true, signal, say: (line) => said.push(line) });
  return said;
}

it('a machine on which jobs go wrong in a row waits longer each time, and no more once one has ended', async () => {
  const said = await worked([true, true, true, true, false, true]);
  expect(waited).toEqual([5, 10, 20]);
  expect(said[0]).toBe('2 jobs in a row went wrong on this machine. It asks for the next one in 5 s.');
});

it('a single fault costs no time', async () => {
  expect(await worked([true, false, true, false])).toEqual([]);
  expect(waited).toEqual([]);
});

it('in an hour a broken machine takes no more than thirteen jobs', () => {
  const seconds = Array.from({ length: 13 }, (_, at) => waitAfterFaults(at + 1));
  expect(seconds.reduce((sum, wait) => sum + wait, 0)).toBeGreaterThan(3600);
});
