import { randomBytes } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { probes } from '../../lib/catalog/probes.ts';
import { publicSuiteOf } from '../../lib/catalog/seasons.ts';
import { references } from '../../lib/catalog/suites/references.ts';
import type { Reference } from '../../lib/contract/report.ts';
import { type Committed, commitmentOf, type Disclosure, sumOf } from '../../lib/contract/season.ts';
import { beginSeason, openSeason } from '../../lib/db/seasons.ts';
import type { SignedIn } from '../../lib/viewer.ts';
import * as queue from './queue.ts';
import { execute } from './sql.ts';

/** What tests of seasons begin with. */

export const hex = () => randomBytes(32).toString('hex');
const zeros = `sha256:${'0'.repeat(64)}` as const;

/** As a season's close would make public; its numbers are smoke-2's. */
export async function disclosureFor(change: Partial<Committed> = {}): Promise<Disclosure> {
  const own = references.filter(({ suite }) => suite.id === 'smoke-2').map(withProbes);
  const gates: Disclosure['gates'] = {
    format: 'antidote-gates-1',
    suite: { id: 'season-2026-12', digest: zeros },
    calibration: [],
    leaks: { cells: 0, permutations: 1, tests: [], broken: [], ok: true },
    determinism: { builds: [], ok: true },
    budgets: { cells: 0, broken: [], ok: true },
  };
  const sums: Committed['references'] = {};
  for (const reference of own) sums[reference.engine.backend] = await sumOf(reference);
  const committed: Committed = {
    salt: hex(),
    draw: { plan: 'smoke', dataset: 'emnist-letters', seed: hex() },
    data: { 'train.bin': zeros },
    manifest: zeros,
    references: sums,
    gates: await sumOf(gates),
    scoring: 2,
    ...change,
  };
  return { committed, published: '2026-12-01', references: own, gates };
}

/** With the probes of seasons, as if they were the control that is like them. */
function withProbes(reference: Reference): Reference {
  const also = <Cell extends { scenario: string }>(cells: readonly Cell[]): Cell[] => [
    ...cells,
    ...cells.flatMap((cell) =>
      cell.scenario === 'renamed-classes-lr' ? probes.map(({ attack }) => ({ ...cell, scenario: `${attack}-lr` })) : [],
    ),
  ];
  return {
    ...reference,
    cells: also(reference.cells),
    frontier: reference.frontier.map((member) => ({ ...member, cells: also(member.cells) })),
    ...(reference.bias && { bias: also(reference.bias) }),
  };
}

export const inAWeek = () => new Date(Date.now() + 7 * 86_400_000).toISOString();

/** A season that is open, with what its close will disclose, and who holds it. */
export async function openedSeason(
  name: string,
  {
    runners = [] as string[],
    shownAtOnce = false,
    note = null as string | null,
    committed = {} as Partial<Committed>,
  } = {},
) {
  const holder = hex();
  const disclosure = await disclosureFor(committed);
  const commitment = await commitmentOf(disclosure.committed);
  await beginSeason({ name, plan: 'smoke', holder });
  await openSeason({
    name,
    holder,
    commitment,
    closesAt: inAWeek(),
    shownAtOnce,
    note,
    runners,
    references: disclosure.references,
    engines: ['wasm'],
  });
  return { name, holder, disclosure, commitment };
}

export async function person(name: string, role: SignedIn['role'] = 'researcher'): Promise<SignedIn> {
  return { id: await queue.makeUser(name), name, role, local: false };
}

/** A submission whose public evaluation is complete, or is not. */
export async function submissionOf(
  owner: SignedIn,
  { complete = true, baseline = null as string | null, code = undefined as string | undefined } = {},
): Promise<string> {
  const id = await queue.makeSubmission(owner.id, { baseline, ...(code !== undefined && { code }) });
  await evaluatedInPublic(id, complete);
  return id;
}

export async function evaluatedInPublic(submission: string, complete = true): Promise<void> {
  const suite = publicSuiteOf({ plan: 'smoke' });
  await execute(sql`
    with made as (
      insert into evaluations (submission_id, suite, suite_digest, harness_digest, engine)
      values (${submission}::uuid, ${suite.id}, ${suite.digest}, ${queue.harnessDigest}, 'wasm') returning id
    )
    insert into scores (evaluation_id, inputs, state, cut_short)
    select id, 'test', ${complete ? 'scored' : 'failed'}, false from made`);
}
