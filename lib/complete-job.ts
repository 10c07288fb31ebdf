import 'server-only';
import { suiteOfEvaluation } from './catalog/seasons.ts';
import { sha256 } from './contract/canonical.ts';
import { openResult, type ResultEnvelope } from './contract/dsse.ts';
import { fromBase64 } from './contract/ed25519.ts';
import { limits } from './contract/protocol.ts';
import { JobResult } from './contract/result.ts';
import { admitAfter } from './db/admission.ts';
import type { Fence } from './db/attempts.ts';
import { judge } from './db/checks.ts';
import { type Asked, askedOf, finishJob, stopAfterTimeouts, type Verdict } from './db/results.ts';
import type { Runner } from './db/runners.ts';
import { storeScoresAfter } from './db/scores.ts';
import { AppError } from './errors.ts';
import { issueOf } from './http.ts';
import { textDefect } from './plain-json.ts';
import { defectOf } from './scoring/defect.ts';

/**
 * Takes a runner's sealed result, if it is what the job asked for. Throws `invalid` for one that cannot be believed,
 * whatever its attempt, and leaves the job as it was: nothing missing is ever taken for 0.
 */
export async function completeJob(runner: Runner, fence: Fence, envelope: ResultEnvelope): Promise<Verdict> {
  const bytes = fromBase64(envelope.payload);
  if (bytes.length > limits.resultBytes)
    throw new AppError('too-large', `A result has at most ${limits.resultBytes} bytes; this one has ${bytes.length}.`);
  const opened = await openResult(envelope, { id: runner.id, publicKey: runner.publicKey });
  if (!opened) throw new AppError('invalid', 'The envelope is not sealed by this runner’s key.');
  const asked = await askedOf(fence.job);
  if (!asked) throw new AppError('not-found', 'There is no such job.');
  const result = resultIn(opened.value);
  const defect = mismatch(fence, asked, result);
  if (defect) throw new AppError('invalid', `${defect}.`);
  const digest = await sha256(bytes);
  const verdict = await finishJob(fence, result, envelope, digest);
  if (verdict === 'accepted') {
    await stopAfterTimeouts(fence.job);
    await admitAfter(fence.job);
    await storeScoresAfter((await judge(fence.job)) ?? fence.job);
  }
  return verdict;
}

function resultIn(value: unknown): JobResult {
  const bad = textDefect(value);
  if (bad) throw new AppError('invalid', `${bad}.`);
  const result = JobResult.safeParse(value);
  if (!result.success) throw new AppError('invalid', issueOf(result.error));
  return result.data;
}

/** In what the result is not what was asked for, or null. */
function mismatch(fence: Fence, asked: Asked, result: JobResult): string | null {
  const pairs: [string, unknown, unknown][] = [
    ['job', result.job, fence.job],
    ['attempt', result.attempt, fence.attempt],
    ['suite', result.suite.id, asked.suite],
    ['suite digest', result.suite.digest, asked.suiteDigest],
    ['module', result.module.sha256, asked.moduleSha256],
    ['module size', result.module.bytes, asked.moduleBytes],
    ['module kind', result.module.kind, asked.moduleKind],
    ['harness', result.harness.digest, asked.harnessDigest],
    ['engine', result.engine.backend, asked.engine],
  ];
  for (const [name, got, wanted] of pairs)
    if (got !== wanted) return `The result names the ${name} ${got}; the job is for ${wanted}`;
  if (result.jail && result.jailed === (result.jail === 'none'))
    return `The result names the jail ${result.jail} and says jailed: ${result.jailed}`;
  if (!result.jailed && asked.baseline === null) return 'A module of somebody else’s ran without a jail';
  const suite = suiteOfEvaluation(asked.suite);
  return suite
    ? defectOf(suite, asked.trials, result.trials, result.module.kind)
    : `This site knows no suite ${asked.suite}`;
}
