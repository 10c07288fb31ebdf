import type { UsualBackend } from '../../lib/contract/ids.ts';
import { HarnessFault } from '../errors.ts';
import { env } from '../host/env.ts';
import { availableBackends, nativeProblem } from './tf.ts';

/**
 * The engine that ANTIDOTE_BACKEND wishes for, with `auto` the fastest here. The one asked for or none: throws
 * HarnessFault where it can't load.
 */
export async function chosenBackend(): Promise<UsualBackend> {
  const asked = env().ANTIDOTE_BACKEND;
  const backends = await availableBackends();
  if (asked === 'auto') return backends[0]!;
  if (!backends.includes(asked))
    throw new HarnessFault(`ANTIDOTE_BACKEND is '${asked}', and ${await nativeProblem()}.`);
  return asked;
}

/**
 * Every engine that works here and that ANTIDOTE_BACKEND lets be used, the faster first. Throws HarnessFault for none.
 */
export async function offeredBackends(): Promise<UsualBackend[]> {
  const asked = env().ANTIDOTE_BACKEND;
  return asked === 'auto' ? availableBackends() : [await chosenBackend()];
}
