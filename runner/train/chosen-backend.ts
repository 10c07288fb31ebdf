import type { Backend } from '../../lib/contract/ids.ts';
import { HarnessFault } from '../errors.ts';
import { env } from '../host/env.ts';
import { availableBackends, nativeProblem } from './tf.ts';

/**
 * The engine that ANTIDOTE_BACKEND wishes for, with `auto` the fastest here. The one asked for or none: throws
 * HarnessFault where it can't load.
 */
export async function chosenBackend(): Promise<Backend> {
  const wish = env().ANTIDOTE_BACKEND;
  const backends = await availableBackends();
  if (wish === 'auto') return backends[0]!;
  if (!backends.includes(wish)) throw new HarnessFault(`ANTIDOTE_BACKEND is '${wish}', and ${await nativeProblem()}.`);
  return wish;
}
