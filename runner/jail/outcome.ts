import { z } from 'zod';
import type { ModelCard, Weights } from '../../lib/contract/defense.ts';
import { FailureReason } from '../../lib/contract/ids.ts';
import { memberLimit } from '../../lib/contract/limits.ts';
import { DefenseFailed, detailLimit, HarnessFault } from '../errors.ts';
import { plainLine } from '../plain-text.ts';
import type { JailLimits, JailRun } from './jail.ts';
import { epochFile, epochsFolder, failureFile, rowWeightsFile } from './out.ts';
import { rowWeightsOfFile } from './row-weights.ts';
import { weightsOfFile } from './weights.ts';

/**
 * A guest's account of its failure: about its own module, so it may say what it likes; it reaches people as one plain
 * line.
 */
const Account = z.object({ reason: FailureReason.exclude(['not-run']), detail: z.string() });

/**
 * What a run left that came to its end. Throws DefenseFailed where the module is to blame, with the reason;
 * HarnessFault where the guest never got as far as the module.
 */
function leftBy({ end, ready, exitCode, log, out }: JailRun, limits: JailLimits): ReadonlyMap<string, Uint8Array> {
  if (!ready)
    throw new HarnessFault(
      `The guest was not ready (${end}, exit ${exitCode ?? 'by a signal'}): ${plainLine(log.slice(-1000)) || 'it said nothing'}.`,
    );
  if (end === 'timed-out')
    throw new DefenseFailed('timed-out', `The module did not return within ${limits.seconds.toFixed(0)} s.`);
  if (end === 'out-of-memory' || (exitCode !== 0 && /JavaScript heap out of memory/.test(log)))
    throw new DefenseFailed(
      'out-of-memory',
      `The module needs more than ${(limits.memoryBytes / 2 ** 20).toFixed(0)} MiB of memory.`,
    );
  if (out instanceof DefenseFailed) throw out;
  const account = accountOf(out.get(failureFile));
  if (account) throw account;
  if (exitCode !== 0)
    throw new DefenseFailed(
      'threw',
      `The module ended its process (${exitCode === null ? 'by a signal' : `exit ${exitCode}`}).`,
    );
  return out;
}

/** The weights that a run left, one set or several that vote. Throws what a run that left none deserves. */
export function weightsFrom(run: JailRun, limits: JailLimits, model: ModelCard): Weights[] {
  const out = leftBy(run, limits);
  const files = [...out]
    .filter(([name]) => /^(weights|members\/\d+)\.safetensors$/.test(name))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  if (files.length === 0) throw new DefenseFailed('bad-output', 'The module left no weights.');
  if (out.has('weights.safetensors') && files.length > 1)
    throw new DefenseFailed('bad-output', 'There are weights.safetensors and members/ both.');
  if (files.length > memberLimit)
    throw new DefenseFailed(
      'too-large',
      `The module left ${files.length} sets of weights; at most ${memberLimit} are taken.`,
    );
  return files.map(([name, bytes]) => weightsOfFile(bytes, model, name));
}

/**
 * The weights of a filter's rows, [n], from a guest that left the training to the harness; not all 0. Throws likewise.
 */
export function weighedRowsFrom(run: JailRun, limits: JailLimits, n: number): Float32Array {
  const weights = rowWeightsFrom({ out: leftBy(run, limits) }, n);
  if (weights.some((weight) => weight > 0)) return weights;
  throw new DefenseFailed('bad-output', 'filter left no row.');
}

/**
 * The weights that a filter's run left beside its model, [n]: what it says that its rows were trained with. Throws
 * DefenseFailed for none, or others.
 */
export function rowWeightsFrom({ out }: Pick<JailRun, 'out'>, n: number): Float32Array {
  if (out instanceof DefenseFailed) throw out;
  const bytes = out.get(rowWeightsFile);
  if (!bytes) throw new DefenseFailed('bad-output', `The module left no ${rowWeightsFile}.`);
  return rowWeightsOfFile(bytes, n);
}

/**
 * The weights that a run left after each of its epochs, the first one's first; none where whoever trained did not leave
 * any. Throws DefenseFailed for others than the model's, and for numbers that leave one out.
 */
export function epochsFrom({ out }: Pick<JailRun, 'out'>, model: ModelCard): Weights[] {
  if (out instanceof DefenseFailed) throw out;
  const files = [...out].filter(([name]) => name.startsWith(`${epochsFolder}/`)).sort(([a], [b]) => (a < b ? -1 : 1));
  return files.map(([name, bytes], index) => {
    const wanted = epochFile(index + 1);
    if (name !== wanted)
      throw new DefenseFailed(
        'bad-output',
        `The weights after epochs are numbered from 001; there is ${name} and no ${wanted}.`,
      );
    return weightsOfFile(bytes, model, name);
  });
}

function accountOf(bytes: Uint8Array | undefined): DefenseFailed | null {
  if (!bytes) return null;
  try {
    const { reason, detail } = Account.parse(JSON.parse(new TextDecoder().decode(bytes)));
    const line = plainLine(detail, detailLimit - 1) || 'The module failed';
    return new DefenseFailed(reason, /[.!?…]$/.test(line) ? line : `${line}.`);
  } catch {
    return new DefenseFailed('bad-output', `${failureFile} is no account of a failure.`);
  }
}
