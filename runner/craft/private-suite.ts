import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';
import { AttackId, attackOf } from '../../lib/catalog/attacks/index.ts';
import { DatasetId } from '../../lib/catalog/datasets/index.ts';
import { ModelId } from '../../lib/catalog/models/index.ts';
import { drafts, suites } from '../../lib/catalog/suites/index.ts';
import type { Backend } from '../../lib/contract/ids.ts';
import { PrivateSuite } from '../../lib/contract/private-suite.ts';
import { Reference } from '../../lib/contract/report.ts';
import type { Suite } from '../../lib/contract/suite.ts';
import { UsageError } from '../errors.ts';
import { harness } from '../host/harness.ts';
import { dataPath } from '../host/places.ts';
import { readText, withoutMark } from '../host/read-text.ts';
import type { CheckedAttack } from './attacks/define-attack.ts';
import { craftedBy } from './attacks/index.ts';
import { type OwnAttack, ownAttackFrom, sentenceOf, unknownAttack } from './attacks/own-attack.ts';
import { craftSuite, isBuilt, type Progress } from './build.ts';
import type { AttackCalled } from './craft.ts';
import { readManifest } from './manifest.ts';

/**
 * A suite file that was read, with the attack of the caller's own where there is one. Its digest comes with its build.
 */
export type LoadedSuite = {
  readonly file: string;
  readonly attackFile: string | null;
  readonly suite: Suite;
  readonly attackCalled: AttackCalled;
  /** Where its poison is kept: another folder after any change of the file, of the attack or of the harness. */
  readonly suites: string;
};

/** Whether the caller means a file and not the name of a published suite. */
export const isSuiteFile = (words: string): boolean => /\.json$|[/\\]/.test(words);

const unbuilt = `sha256:${'0'.repeat(64)}` as const;

/** Throws UsageError with one sentence for what is wrong with the file or with the attack. */
export async function loadSuite(file: string, attackFile: string | null): Promise<LoadedSuite> {
  const text = await readText(file);
  const own = attackFile === null ? null : await ownAttackFrom(attackFile);
  const suite = suiteOf(file, text, own);
  const attackCalled = (id: string) => (own?.id === id ? own.crafted : toldOf(file, craftedBy(id)));
  for (const { id, attack, budgets, params } of suite.scenarios)
    for (const budget of budgets) {
      try {
        if (attackCalled(attack).allowance(rowsToTry, budget, params) < 1)
          throw new RangeError(`a budget of ${budget} allows no row`);
      } catch (error) {
        if (error instanceof UsageError) throw error;
        throw new UsageError(`${file}: scenario ${id}: ${sentenceOf(error)}.`);
      }
    }
  const key = createHash('sha256')
    .update([text, own?.text ?? '', harness().digest].join('\0'))
    .digest('hex');
  return { file, attackFile, suite, attackCalled, suites: dataPath('private', key.slice(0, 16)) };
}

/** A listed attack that a scenario of the caller's can't have: the file is wrong, and not this program. */
const toldOf = (file: string, listed: CheckedAttack): CheckedAttack => ({
  ...listed,
  poison: (craft) =>
    listed.poison(craft).catch((error: unknown) => {
      throw error instanceof RangeError ? new UsageError(`${file}: ${sentenceOf(error)}.`) : error;
    }),
});

/** Budgets and parameters are tried before anything is built, as if a data set had so many rows. */
const rowsToTry = 60_000;

function suiteOf(file: string, text: string, own: OwnAttack | null): Suite {
  const words = wordsOf(file, text);
  const named = (what: string, id: string, known: readonly string[]) => {
    if (!known.includes(id)) throw new UsageError(`There is no ${what} '${id}'; known: ${known.join(', ')}.`);
  };
  if ([...suites, ...drafts].some(({ id }) => id === words.id))
    throw new UsageError(
      `${file}: '${words.id}' is a published suite; choose another id than ${suites.map(({ id }) => id).join(', ')}.`,
    );
  const ids = words.scenarios.map(({ id }) => id);
  const twice = ids.find((id, at) => ids.indexOf(id) !== at);
  if (twice) throw new UsageError(`${file}: two scenarios are called '${twice}'.`);
  for (const { dataset, model, attack } of words.scenarios) {
    named('data set', dataset, DatasetId.options);
    named('model', model, ModelId.options);
    if (own?.id !== attack && !AttackId.safeParse(attack).success) throw unknownAttack(attack, own);
  }
  const attacks = own && { attacks: { [own.id]: own.facts } };
  return {
    ...words,
    private: true,
    summary: 'Private: never published, never submitted.',
    published: '1970-01-01',
    recipe: 'core',
    rules: { hygiene: 1, scoring: 1 },
    ranked: false,
    after: null,
    ...attacks,
    scenarios: words.scenarios.map((scenario) => ({
      ...scenario,
      family: attackOf({ ...attacks }, scenario.attack).family,
    })),
    digest: unbuilt,
  };
}

function wordsOf(file: string, text: string): PrivateSuite {
  let json: unknown;
  try {
    json = JSON.parse(withoutMark(text));
  } catch (error) {
    throw new UsageError(`${file} is no JSON: ${sentenceOf(error)}.`);
  }
  const parsed = PrivateSuite.safeParse(json);
  if (!parsed.success) throw new UsageError(`${file} is no suite: ${sentenceOf(parsed.error)}.`);
  return parsed.data;
}

/** Crafts it where it is not there yet. With its digest. */
export async function ensurePrivate(
  { suite, suites: parent, attackCalled }: LoadedSuite,
  progress: Progress,
  signal?: AbortSignal,
): Promise<Suite> {
  const folder = join(parent, suite.id);
  const there = await readManifest(folder).catch(() => null);
  if (there && (await isBuilt({ ...suite, digest: there.digest as Suite['digest'] }, folder)))
    return { ...suite, digest: there.digest as Suite['digest'] };
  const digest = await craftSuite(suite, folder, dataPath('datasets'), progress, signal, attackCalled);
  return { ...suite, digest: digest as Suite['digest'] };
}

/** Where its undefended numbers lie: beside the suite file. */
export const referenceFile = (file: string, backend: Backend) =>
  join(file, '..', `${basename(file, '.json')}.reference.${backend}.json`);

/** Its undefended numbers, or null where nobody has computed them for this very suite. */
export async function privateReference(file: string, suite: Suite, backend: Backend): Promise<Reference | null> {
  const text = await readText(referenceFile(file, backend)).catch(() => null);
  const reference = text === null ? null : referenceIn(text);
  return reference?.suite.digest === suite.digest ? reference : null;
}

function referenceIn(text: string): Reference | undefined {
  try {
    return Reference.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
