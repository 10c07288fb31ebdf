import { seasonOfSuite } from '../../lib/catalog/seasons.ts';
import { findSuite } from '../../lib/catalog/suites/index.ts';
import { sha256 } from '../../lib/contract/canonical.ts';
import type { LeaseAnswer } from '../../lib/contract/protocol.ts';
import { predictorOf } from '../../lib/contract/runtime.ts';
import type { Draw, Suite } from '../../lib/contract/suite.ts';
import { prepareDatasets, prepareSuite } from '../craft/prepare-suite.ts';
import { findHeld } from '../craft/season/held-season.ts';
import { checkedDefense } from '../defenses/checked-defense.ts';
import { baselines } from '../defenses/index.ts';
import { harness } from '../host/harness.ts';
import { chosenJail } from '../jail/index.ts';
import type { JailKind } from '../jail/jail.ts';
import type { Evaluation } from '../trial/evaluation.ts';
import { JobRefused } from './job-failure.ts';
import type { Lease, Site } from './site.ts';

type Leased = {
  readonly evaluation: Evaluation;
  /** Of a season: what its trials descend from. Nothing that leaves this machine may tell it. */
  readonly secret: Draw | null;
};

/**
 * The evaluation that a lease asks for: the module fetched and checked, the suite and its data set there. Throws
 * JobRefused where it can't be run here.
 */
export async function leasedEvaluation(
  site: Site,
  lease: Lease,
  answer: LeaseAnswer,
  { atOnce, signal, say }: { atOnce: number; signal: AbortSignal; say: (what: string) => void },
): Promise<Leased> {
  const { module, engine } = answer;
  requireHarness(answer);
  const season = seasonOfSuite(answer.suite.id);
  const { suite, suites } = season === null ? { suite: publishedSuite(answer) } : await heldSuite(season, answer);
  const jail = await jailFor(module.sha256);
  const code = await site.module(module.sha256, lease, signal);
  const evaluation = {
    suite,
    ...(suites && { suites }),
    defense: await checkedDefense(module.kind, code, { runtime: module.runtime }),
    backend: predictorOf(engine),
    jail,
    atOnce,
    artifacts: false,
  };
  if (season === null) await prepareSuite(suite, say, signal);
  else await prepareDatasets(suite, () => say('preparing'));
  return { evaluation, secret: season === null ? null : suite.draw! };
}

function requireHarness({ suite, harnessDigest, module }: LeaseAnswer): void {
  const own = harness(module.runtime).digest;
  if (harnessDigest !== own)
    throw new JobRefused(
      'harness-differs',
      `The job is for ${suite.id} by harness ${harnessDigest}; this runner is ${own}.`,
    );
}

function publishedSuite({ suite }: LeaseAnswer): Suite {
  const known = findSuite(suite.id);
  if (known?.digest === suite.digest) return known;
  throw new JobRefused(
    'harness-differs',
    `The job is for ${suite.id} ${suite.digest}, which this runner does not know.`,
  );
}

/** A season's digest is its commitment. */
async function heldSuite(season: string, { suite }: LeaseAnswer): Promise<{ suite: Suite; suites: string }> {
  const held = await findHeld(season);
  if (held?.commitment === suite.digest) return held;
  throw new JobRefused(
    'no-data',
    held ? `This runner holds another season ${season}.` : `This runner does not hold the files of season ${season}.`,
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
