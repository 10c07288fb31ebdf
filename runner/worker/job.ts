import { seasonOfSuite } from '../../lib/catalog/seasons.ts';
import { type ResultEnvelope, sealResult } from '../../lib/contract/dsse.ts';
import type { LeaseAnswer } from '../../lib/contract/protocol.ts';
import { resultOutside, trialHere, trialOutside } from '../craft/season/hidden-names.ts';
import { harness } from '../host/harness.ts';
import { runTrials } from '../trial/trials.ts';
import { faultOf, releaseOf } from './job-failure.ts';
import { LeaseClock, Stopped } from './lease-clock.ts';
import { leasedEvaluation } from './leased-evaluation.ts';
import { LogUpload } from './log-upload.ts';
import type { Lease, Site } from './site.ts';

type Options = {
  /** When the lease was asked for, by this machine's monotonic clock. */
  asked: number;
  atOnce: number;
  signal: AbortSignal;
  say: (line: string) => void;
};

/**
 * One attempt at a job, from its lease to its end: the module is fetched and checked, its trials run, their results
 * signed and handed in. What goes wrong on our side is told to the site; what is stopped by a drain or a cancel is
 * given back. Never throws for the job's own sake. True where it went wrong on our side.
 */
export async function runJob(
  site: Site,
  lease: Lease,
  answer: LeaseAnswer,
  { asked, atOnce, signal, say }: Options,
): Promise<boolean> {
  const { module, trials, engine } = answer;
  const name = `job ${lease.job.slice(0, 8)}, attempt ${lease.attempt}`;
  const clock = new LeaseClock(site, lease, { ...answer, asked });
  const stop = AbortSignal.any([signal, clock.signal]);
  say(`${name}: ${trials.length} trials of ${module.baseline ?? module.sha256.slice(7, 19)} on ${engine}`);
  try {
    const sealed = await signedResult(site, lease, answer, clock, { atOnce, signal: stop });
    await site.result(lease, sealed, signal);
    say(`${name}: handed in`);
    return false;
  } catch (error) {
    const told = stop.aborted ? releaseOf(clock.signal.reason ?? new Stopped('drained')) : faultOf(error as Error);
    say(`${name}: ${told ? `${told.code}, ${told.detail}` : 'the lease is lost'}`);
    if (told)
      await site
        .fail(lease, seasonOfSuite(answer.suite.id) === null ? told : { ...told, detail: ownLog })
        .catch(() => undefined); // else the lease runs out
    return told?.class === 'infra';
  } finally {
    clock.end();
  }
}

/** What our side's faults in a season are told as: their own words may name its data set. */
const ownLog = 'The runner’s own log says more.';

async function signedResult(
  site: Site,
  lease: Lease,
  answer: LeaseAnswer,
  clock: LeaseClock,
  { atOnce, signal }: Pick<Options, 'atOnce' | 'signal'>,
): Promise<ResultEnvelope> {
  const { suite, module } = answer;
  const say = (what: string) => {
    clock.phase = what;
  };
  const { evaluation, secret } = await leasedEvaluation(site, lease, answer, { atOnce, signal, say });
  const asked = answer.trials.map((trial) => trialHere(trial, secret));
  const logs = new LogUpload(site, lease, answer.limits);
  let done = 0;
  const { engine, trials } = await runTrials(evaluation, asked, {
    jobs: 1,
    signal,
    begun: (trial) => {
      const { scenario, budget, seed } = trialOutside(trial, secret);
      say(`${scenario} at ${budget}, seed ${seed}`);
    },
    ended: ({ log }) => {
      clock.progress = ++done / asked.length;
      logs.add(log);
    },
  });
  await logs.ended();
  say('handing in');
  const result = {
    format: 'antidote-result-1' as const,
    job: lease.job,
    attempt: lease.attempt,
    suite,
    module: { sha256: module.sha256, bytes: module.bytes, kind: module.kind },
    harness: harness(module.runtime),
    engine,
    jailed: evaluation.jail !== 'none',
    jail: evaluation.jail,
    trials: trials.map((trial) => resultOutside(trial, secret)),
  };
  return sealResult(result, site.key);
}
