import { findSuite } from '../../lib/catalog/suites/index.ts';
import { sha256 } from '../../lib/contract/canonical.ts';
import { sealResult } from '../../lib/contract/dsse.ts';
import { type FailCode, type LeaseAnswer, limits } from '../../lib/contract/protocol.ts';
import type { JobResult } from '../../lib/contract/result.ts';
import type { Suite } from '../../lib/contract/suite.ts';
import { SiteProblem } from '../client/site-problem.ts';
import { prepareSuite } from '../craft/prepare-suite.ts';
import { baselines } from '../defenses/index.ts';
import { harness } from '../host/harness.ts';
import { jailProblem } from '../jail/index.ts';
import type { JailKind } from '../jail/jail.ts';
import { runTrials } from '../trial/trials.ts';
import { LeaseClock, Stopped } from './lease-clock.ts';
import type { Held, Site } from './site.ts';

type Options = { asked: number; atOnce: number; signal: AbortSignal; say: (line: string) => void };

/** A job that this runner can't do, with the code that the site wants to hear. */
class Unfit extends Error {
  constructor(
    readonly code: FailCode,
    message: string,
  ) {
    super(message);
  }
}

/**
 * One attempt at a job, from its lease to its end: the module is fetched and checked, its trials run, their results
 * signed and handed in. What goes wrong on our side is told to the site; what is stopped by a drain or a cancel is
 * given back. Never throws for the job's own sake.
 */
export async function runJob(
  site: Site,
  lease: LeaseAnswer,
  held: Held,
  { asked, atOnce, signal, say }: Options,
): Promise<void> {
  const name = `job ${lease.job.slice(0, 8)}, attempt ${lease.attempt}`;
  const clock = new LeaseClock(site, held, { ...lease, asked });
  const stop = AbortSignal.any([signal, clock.signal]);
  say(
    `${name}: ${lease.trials.length} trials of ${lease.module.baseline ?? lease.module.sha256.slice(7, 19)} on ${lease.engine}`,
  );
  try {
    const result = await resultOf(site, lease, held, clock, { atOnce, signal: stop });
    await site.result(held, result);
    say(`${name}: handed in`);
  } catch (error) {
    const told = stop.aborted ? stopped(clock.signal.reason ?? new Stopped('drained')) : failed(error as Error);
    say(`${name}: ${told ? `${told.code}, ${told.detail}` : 'the lease is lost'}`);
    if (told) await site.fail(held, told).catch(() => undefined); // else the lease runs out
  } finally {
    clock.end();
  }
}

async function resultOf(
  site: Site,
  lease: LeaseAnswer,
  held: Held,
  clock: LeaseClock,
  { atOnce, signal }: Pick<Options, 'atOnce' | 'signal'>,
) {
  const suite = suiteOf(lease);
  const jail = await jailFor(lease);
  const code = await site.module(lease.module.sha256, held, signal);
  const say = (what: string) => {
    clock.phase = what;
  };
  await prepareSuite(suite, say, signal);
  let done = 0;
  let logged = 0;
  let logging: Promise<unknown> = Promise.resolve();
  const order = {
    suite,
    backend: lease.engine,
    jail,
    atOnce,
    artifacts: false,
    kind: lease.module.kind,
    code,
  };
  const { engine, trials } = await runTrials(order, lease.trials, {
    jobs: 1,
    signal,
    begun: ({ scenario, budget, seed }) => {
      clock.phase = `${scenario} at ${budget}, seed ${seed}`;
    },
    ended: ({ log }) => {
      clock.progress = ++done / lease.trials.length;
      logging = logging.then(async () => {
        const room = Math.min(lease.limits.logChunkBytes, lease.limits.logBytes - logged);
        if (log && room > 0) logged = await site.log(held, logged, clip(log, room)).catch(() => logged); // a lost log is no reason to lose a result
      });
    },
  });
  await logging;
  clock.phase = 'handing in';
  const result: JobResult = {
    format: 'antidote-result-1',
    job: lease.job,
    attempt: lease.attempt,
    suite: lease.suite,
    module: {
      sha256: lease.module.sha256 as JobResult['module']['sha256'],
      bytes: lease.module.bytes,
      kind: lease.module.kind,
    },
    harness: harness(),
    engine,
    jailed: jail !== 'none',
    trials,
  };
  return sealResult(result, site.key);
}

function suiteOf({ suite, harnessDigest }: LeaseAnswer): Suite {
  const known = findSuite(suite.id);
  if (known?.digest !== suite.digest || harnessDigest !== harness().digest)
    throw new Unfit(
      'harness-differs',
      `The job is for ${suite.id} ${suite.digest} by harness ${harnessDigest}; this runner is ${harness().digest}.`,
    );
  return known;
}

/**
 * Without a jail only the harness's own defenses, known by their sha256, are run; whatever the site says of a module.
 */
async function jailFor({ module }: LeaseAnswer): Promise<JailKind> {
  const problem = await jailProblem();
  if (problem === null) return 'bubblewrap';
  if (await isOwn(module.sha256)) return 'none';
  throw new Unfit('no-jail', problem);
}

async function isOwn(digest: string): Promise<boolean> {
  for (const { code } of baselines) if ((await sha256(code)) === digest) return true;
  return false;
}

function stopped(reason: unknown): { class: 'released'; code: FailCode; detail: string } | null {
  const why = reason instanceof Stopped ? reason.why : 'drained';
  if (why === 'lease-lost') return null;
  return {
    class: 'released',
    code: why,
    detail: why === 'cancelled' ? 'The job was cancelled.' : 'The runner was stopped.',
  };
}

function failed(error: Error): { class: 'infra'; code: FailCode; detail: string } | null {
  if (error instanceof SiteProblem && error.status === 409) return null;
  const code =
    error instanceof Unfit
      ? error.code
      : error instanceof SiteProblem && error.status === 422
        ? 'result-refused'
        : 'runner-broke';
  return { class: 'infra', code, detail: clip(error.message, limits.detailBytes) };
}

/** The first so many bytes of UTF-8. */
function clip(text: string, bytes: number): string {
  const whole = Buffer.from(text);
  return whole.length <= bytes
    ? text
    : whole
        .subarray(0, Math.max(0, bytes))
        .toString()
        .replace(/\uFFFD+$/, '');
}
