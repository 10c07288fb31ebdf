import { pythonRuntime } from '../../lib/contract/runtime.ts';
import { HarnessFault } from '../errors.ts';
import { env } from '../host/env.ts';
import { madeSets } from '../host/python/set-folder.ts';
import { chosenJail } from '../jail/index.ts';
import { availableBackends, nativeProblem } from '../train/tf.ts';

/**
 * What this machine can do for the queue: `engine:<backend>` for each that works and is asked for,
 * `python:<set>` for each set of packages that is made, and `jail`. Sorted.
 */
export async function offeredLabels(): Promise<string[]> {
  const asked = env().ANTIDOTE_BACKEND;
  const [backends, jail] = await Promise.all([availableBackends(), chosenJail()]);
  const chosen = backends.filter((backend) => asked === 'auto' || asked === backend);
  if (chosen.length === 0) throw new HarnessFault(`ANTIDOTE_BACKEND is '${asked}', and ${await nativeProblem()}.`);
  const labels = [...chosen.map((backend) => `engine:${backend}`), ...madeSets().map(pythonRuntime)];
  return [...labels, ...(jail.kind !== null ? ['jail'] : [])].sort();
}
