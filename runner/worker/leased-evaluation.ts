import { findSuite } from '../../lib/catalog/suites/index.ts';
import { sha256 } from '../../lib/contract/canonical.ts';
import type { LeaseAnswer } from '../../lib/contract/protocol.ts';
import type { Suite } from '../../lib/contract/suite.ts';
import { checkedDefense } from '../defenses/checked-defense.ts';
import { baselines } from '../defenses/index.ts';
import { harness } from '../host/harness.ts';
import { chosenJail } from '../jail/index.ts';
import type { JailKind } from '../jail/jail.ts';
import type { Evaluation } from '../trial/evaluation.ts';
import { JobRefused } from './job-failure.ts';
import type { Lease, Site } from './site.ts';

/** The evaluation that a lease asks for, with the module fetched and checked. Throws JobRefused where it can't be run here. */
export async function leasedEvaluation(
  site: Site,
  lease: Lease,
  answer: LeaseAnswer,
  { atOnce, signal }: { atOnce: number; signal: AbortSignal },
): Promise<Evaluation> {
  const { module, engine } = answer;
  const suite = suiteOf(answer);
  const jail = await jailFor(module.sha256);
  const code = await site.module(module.sha256, lease, signal);
  return {
    suite,
    defense: await checkedDefense(module.kind, code, { runtime: module.runtime }),
    backend: engine,
    jail,
    atOnce,
    artifacts: false,
  };
}

function suiteOf({ suite, harnessDigest, module }: LeaseAnswer): Suite {
  const known = findSuite(suite.id);
  const own = harness(module.runtime).digest;
  if (known?.digest === suite.digest && harnessDigest === own) return known;
  throw new JobRefused(
    'harness-differs',
    `The job is for ${suite.id} ${suite.digest} by harness ${harnessDigest}; this runner is ${own}.`,
  );
}

/**
 * Without a jail only the harness's own defenses, known by their sha256, are run; whatever the site says of a module.
 */
async function jailFor(moduleDigest: string): Promise<JailKind> {
  const { kind, problem } = await chosenJail();
  if (kind !== null) return kind;
  for (const { code } of baselines) if ((await sha256(code)) === moduleDigest) return 'none';
  throw new JobRefused('no-jail', problem);
}
