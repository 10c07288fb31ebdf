import { setTimeout as sleep } from 'node:timers/promises';
import { base64url } from '../../lib/contract/ed25519.ts';
import { SiteProblem } from '../client/site-problem.ts';
import { namesHeld } from '../craft/season/held-season.ts';
import { harnessDigests } from '../host/harness.ts';
import { runJob } from './job.ts';
import type { Site } from './site.ts';

type Options = {
  /** Jobs at once. */
  jobs: number;
  /** End where there is nothing to do. */
  once: boolean;
  /** Aborted to drain: what runs is given back, nothing more is leased. */
  signal: AbortSignal;
  say: (line: string) => void;
};

/**
 * The lease loops. They end when the signal is aborted, with `once` when the queue is empty, and throw where the site
 * will not have this runner.
 */
export async function work(site: Site, options: Options): Promise<void> {
  const refused = new AbortController();
  const faults = { inARow: 0 };
  const all = { ...options, signal: AbortSignal.any([options.signal, refused.signal]) };
  const loops = Array.from({ length: options.jobs }, () =>
    loop(site, faults, all).catch((error) => {
      refused.abort(error);
      throw error;
    }),
  );
  const broken = (await Promise.allSettled(loops)).find((end) => end.status === 'rejected');
  if (broken) throw broken.reason;
}

/**
 * What goes wrong on a broken machine goes wrong with every job, and each try costs a job a strike. So it waits before
 * it asks for the next one: five seconds after the second fault in a row, then twice as long each time.
 */
export const waitAfterFaults = (inARow: number): number => (inARow < 2 ? 0 : Math.min(600, 5 * 2 ** (inARow - 2)));

async function loop(site: Site, faults: { inARow: number }, options: Options): Promise<void> {
  const { signal, say } = options;
  let leaseToken = newToken();
  while (!signal.aborted) {
    try {
      const asked = performance.now();
      const answer = await site.lease(leaseToken, harnessDigests(), namesHeld(), signal);
      if ('waitSeconds' in answer) {
        if (options.once) return;
        leaseToken = newToken(); // the site has answered: the old one holds nothing, and may be that of an attempt that is over
        await pause(answer.waitSeconds, signal);
        continue;
      }
      const lease = { job: answer.job, attempt: answer.attempt, leaseToken };
      leaseToken = newToken();
      const broke = await runJob(site, lease, answer, { asked, atOnce: options.jobs, signal, say });
      faults.inARow = broke ? faults.inARow + 1 : 0;
      const seconds = waitAfterFaults(faults.inARow);
      if (seconds === 0) continue;
      say(`${faults.inARow} jobs in a row went wrong on this machine. It asks for the next one in ${seconds} s.`);
      await pause(seconds, signal);
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof SiteProblem && error.status < 500 && error.status !== 429) throw error; // it will not have this runner
      say(`${(error as Error).message} Asking again in ${retrySeconds} s.`);
      await pause(retrySeconds, signal);
    }
  }
}

const retrySeconds = 5;

const newToken = () => base64url(crypto.getRandomValues(new Uint8Array(32)));

const pause = (seconds: number, signal: AbortSignal) =>
  sleep(seconds * 1000, undefined, { signal }).catch(() => undefined);
