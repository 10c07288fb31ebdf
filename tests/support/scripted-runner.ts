import { randomBytes } from 'node:crypto';
import { suiteNamed } from '../../lib/catalog/suites/index.ts';
import { sealResult } from '../../lib/contract/dsse.ts';
import type { FailureReason } from '../../lib/contract/ids.ts';
import type { LeaseAnswer } from '../../lib/contract/protocol.ts';
import { type Engine, failedTrial, type ModuleRef, type TrialResult } from '../../lib/contract/result.ts';
import { type Suite, specOf, type Trial } from '../../lib/contract/suite.ts';
import { referenceOf } from '../../lib/scoring/references.ts';
import { LeaseClock, type Stopped } from '../../runner/worker/lease-clock.ts';
import { enrol, Site } from '../../runner/worker/site.ts';
import { scoredTrial } from './scored-trial.ts';

/**
 * What a script says of a defense: the share of the damage that it undoes, the clean accuracy that it costs, how much
 * longer it takes.
 */
export type Script = { undoes: number; costs: number; slower: number } | { fails: FailureReason; detail: string };

export const engineOf = (backend: Engine['backend']): Engine => ({
  backend,
  version: '2.21.0',
  threads: 1,
  cpu: 'a script',
  gpu: null,
});

/**
 * A runner that trains nothing: it speaks the real protocol with a real key, and makes its numbers up out of the
 * suite's reference.
 */
export class ScriptedRunner {
  private constructor(
    private readonly site: Site,
    private readonly harness: string,
  ) {}

  static async enrol(
    origin: string,
    choresSecret: string,
    harness: string,
    name = 'scripted',
  ): Promise<ScriptedRunner> {
    const labels = ['engine:tensorflow', 'engine:wasm', 'jail'];
    const answer = await fetch(`${origin}/api/chores/runner-code`, {
      method: 'POST',
      headers: { authorization: `Bearer ${choresSecret}`, 'content-type': 'application/json' },
      body: JSON.stringify({ labels }),
    });
    const { code } = (await answer.json()) as { code: string };
    return new ScriptedRunner(new Site(origin, await enrol(origin, { code, name, labels, about: {} })), harness);
  }

  /** The next job, or null where none waits. */
  async lease(): Promise<(LeaseAnswer & { leaseToken: string }) | null> {
    const leaseToken = randomBytes(32).toString('base64url');
    const answer = await this.site.lease(leaseToken, [this.harness], []);
    return 'job' in answer ? { ...answer, leaseToken } : null;
  }

  /** Keeps the lease as a runner that trains would: until `ms` have passed, or why it ended before. */
  async hold(lease: LeaseAnswer & { leaseToken: string }, asked: number, ms: number): Promise<Stopped | null> {
    const clock = new LeaseClock(this.site, lease, { ...lease, asked });
    const begin = performance.now();
    try {
      for (let passed = 0; passed < ms; passed = performance.now() - begin) {
        if (clock.signal.aborted) return clock.signal.reason;
        clock.progress = passed / ms;
        await new Promise((done) => setTimeout(done, 200));
      }
      return null;
    } finally {
      clock.end();
    }
  }

  beat = (lease: LeaseAnswer & { leaseToken: string }, phase: string, progress: number) =>
    this.site.heartbeat(lease, { phase, progress });
  log = (lease: LeaseAnswer & { leaseToken: string }, text: string) => this.site.log(lease, 0, text);
  fail = (lease: LeaseAnswer & { leaseToken: string }, detail: string) =>
    this.site.fail(lease, { class: 'infra', code: 'runner-broke', detail });

  async finish(lease: LeaseAnswer & { leaseToken: string }, script: Script): Promise<void> {
    const { sha256, bytes, kind } = lease.module;
    const suite = suiteNamed(lease.suite.id);
    const result = {
      format: 'antidote-result-1' as const,
      job: lease.job,
      attempt: lease.attempt,
      suite: lease.suite,
      module: { sha256, bytes, kind },
      harness: { version: '0.1.0', digest: lease.harnessDigest },
      engine: engineOf(lease.engine),
      jailed: true,
      trials: lease.trials.map((trial) => scripted(suite, kind, trial, script)),
    };
    await this.site.result(lease, await sealResult(result, this.site.key), new AbortController().signal);
  }
}

/** The result of a trial that nobody ran. */
export function scripted(suite: Suite, kind: ModuleRef['kind'], trial: Trial, script: Script): TrialResult {
  const cost = { seconds: 2, undefendedSeconds: 2, peakBytes: 300_000_000 };
  if ('fails' in script)
    return failedTrial(specOf(suite, trial), { reason: script.fails, detail: script.detail }, cost);
  const { dataset, model } = specOf(suite, trial);
  const { clean, cells } = referenceOf(suite, 'tensorflow')!;
  const none = cells.find(
    ({ scenario, budget, seed }) => scenario === trial.scenario && budget === trial.budget && seed === trial.seed,
  );
  const share = (value: number) => Math.min(1, Math.max(0, value));
  const accuracy = clean.find(
    (run) => run.dataset === dataset && run.model === model && run.seed === trial.seed,
  )!.accuracy;
  const robust =
    none &&
    share(
      none.attacked +
        (script.undoes - 0.03 * suite.scenarios.findIndex(({ id }) => id === trial.scenario)) *
          (none.clean - none.attacked),
    );
  const certified =
    kind === 'train'
      ? [0, 1, 2, 4].map((rows) => ({ rows, accuracy: share(accuracy - script.costs - 0.05 * rows) }))
      : null;
  const measured = {
    cleanAccuracy: share(accuracy - script.costs),
    robustAccuracy: robust ?? 0,
    attackSuccess: share(1 - (robust ?? 0)),
    certified,
  };
  return scoredTrial(suite, trial, kind, measured, { ...cost, seconds: 2 * script.slower });
}
