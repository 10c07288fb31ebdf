import { availableParallelism, hostname } from 'node:os';
import { siteOrigin } from '../client/credentials.ts';
import { SiteProblem } from '../client/site-problem.ts';
import { HarnessFault, UsageError } from '../errors.ts';
import { env } from '../host/env.ts';
import { harness } from '../host/harness.ts';
import { cpuModel } from '../host/processor.ts';
import { interrupted, saysWhenInterrupted } from '../terminal/interrupt.ts';
import { remark } from '../terminal/tell.ts';
import { findIdentity, forgetIdentity, type Identity, keepIdentity } from '../worker/identity.ts';
import { missingSeasons } from '../worker/missing-seasons.ts';
import { offeredLabels } from '../worker/offered-labels.ts';
import { enrol, Site } from '../worker/site.ts';
import { work as lease } from '../worker/work.ts';

/**
 * The runner: leases jobs of the site at ANTIDOTE_URL until it is stopped, or with `once` until there is nothing to do.
 */
export async function work({
  jobs = Math.min(2, availableParallelism()),
  once = false,
}: {
  jobs?: number;
  once?: boolean;
}): Promise<number> {
  process.on('disconnect', () => process.kill(process.pid, 'SIGTERM')); // whoever started it as a part of a whole is gone
  const say = (line: string) => remark(`runner: ${line}`);
  const identity = await identityAt(siteOrigin(), say);
  process.send?.({ type: 'enrolled' });
  for (const missing of await missingSeasons(identity.runner, interrupted)) say(missing);
  saysWhenInterrupted('The runner stops; what it held goes back to the queue.');
  try {
    await lease(new Site(siteOrigin(), identity), { jobs, once, signal: interrupted, say });
  } catch (error) {
    if (error instanceof SiteProblem && error.status === 401) await forgetIdentity();
    throw error;
  }
  return 0;
}

/**
 * Who this runner is at the site; with a code in ANTIDOTE_ENROL it enrols where it never did, or has other things to
 * offer now.
 */
async function identityAt(origin: string, say: (line: string) => void): Promise<Identity> {
  const offered = await offeredLabels();
  const known = await findIdentity();
  if (known && String(known.offered) === String(offered)) return known;
  const code = env().ANTIDOTE_ENROL;
  if (!code && known)
    throw new UsageError(
      `This runner enrolled with ${known.offered.join(', ')} and now has ${offered.join(', ')}; give it a new code in ANTIDOTE_ENROL.`,
    );
  if (!code)
    throw new UsageError(
      "This runner has not enrolled; give it a code in ANTIDOTE_ENROL, which an organizer makes with 'npx antidote runner-code'.",
    );
  const about = {
    platform: `${process.platform}-${process.arch}`,
    node: process.version,
    cpu: cpuModel(),
    cores: availableParallelism(),
    harness: harness(),
  };
  const identity = await enrol(origin, { code, name: hostname().slice(0, 80) || 'runner', labels: offered, about });
  if (!identity.labels.some((label) => label.startsWith('engine:')))
    throw new HarnessFault('The code that this runner enrolled with allows no engine; ask for another one.');
  await keepIdentity(identity);
  say(`enrolled as ${identity.runner}, ${identity.class}: ${identity.labels.join(', ')}`);
  return identity;
}
