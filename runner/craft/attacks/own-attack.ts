import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { AttackId, attacks } from '../../../lib/catalog/attacks/index.ts';
import { type Attack, AttackFacts, type Craft } from '../../../lib/contract/attack.ts';
import type { LabeledSet } from '../../../lib/contract/defense.ts';
import { Slug } from '../../../lib/contract/ids.ts';
import { UsageError } from '../../errors.ts';
import { readText } from '../../host/read-text.ts';
import { type CheckedAttack, checkedAttack } from './define-attack.ts';

/** An attack of the caller's own, with the text of its file. */
export type OwnAttack = {
  readonly id: string;
  readonly facts: AttackFacts;
  readonly crafted: CheckedAttack;
  readonly text: string;
};

const Exported = z.looseObject({
  id: Slug,
  ...AttackFacts.shape,
  largestBudget: z.number().positive().optional(),
  params: z.looseObject({ parse: z.custom<(words: unknown) => unknown>(isFunction, 'want a function') }).optional(),
  allowance: z.custom<NonNullable<Attack['allowance']>>(isFunction, 'want a function').optional(),
  poison: z.custom<Attack['poison']>(isFunction, 'want a function'),
});

function isFunction(value: unknown): boolean {
  return typeof value === 'function';
}

/**
 * Runs the caller's own file, which is trusted, and takes its default export as an attack. Throws UsageError with one
 * sentence for a file that is none, and later for poison that breaks the contract.
 */
export async function ownAttackFrom(path: string): Promise<OwnAttack> {
  const text = await readText(path);
  const wrong = (what: string) => new UsageError(`${path}: ${what}.`);
  const load = () => import(/* @vite-ignore */ pathToFileURL(resolve(path)).href);
  const loaded = await toItsEnd(path, load).catch((error: unknown) => {
    throw wrong(`it does not load: ${sentenceOf(error)}`);
  });
  if (typeof loaded.default !== 'object' || loaded.default === null)
    throw wrong('its default export is no object; want an attack: id, family, aim, budget, poison');
  const parsed = exportedBy(loaded.default);
  if (!parsed.success) throw wrong(`its default export is no attack: ${sentenceOf(parsed.error)}`);
  const { id, family, aim, budget, source } = parsed.data;
  if (Object.hasOwn(attacks, id)) throw wrong(`'${id}' is the name of a listed attack; choose another`);
  const own = loaded.default as Attack;
  const told = (error: unknown): never => {
    throw wrong(sentenceOf(error));
  };
  try {
    const { allowance, poison } = checkedAttack(id, { budget, aim }, withOwnMethods(own));
    return {
      id,
      facts: { family, aim, budget, ...(source && { source }) },
      text,
      crafted: {
        allowance(n, given, words) {
          try {
            return allowance(n, given, words);
          } catch (error) {
            return told(error);
          }
        },
        poison: (craft) => toItsEnd(path, () => poison(withOwnRows(craft))).catch(told),
      },
    };
  } catch (error) {
    return told(error);
  }
}

/** Whatever a stranger's object does when it is looked at. */
function exportedBy(value: object): ReturnType<typeof Exported.safeParse> | { success: false; error: unknown } {
  try {
    return Exported.safeParse(value);
  } catch (error) {
    return { success: false, error };
  }
}

/**
 * The file's own code may end this process, or wait for what never comes, which ends it too: it is then told of, and
 * the call is wrong. What Ctrl-C ends is not its doing.
 */
async function toItsEnd<T>(path: string, work: () => Promise<T>): Promise<T> {
  const tell = (code: number) => {
    if ([3, 130, 143].includes(code)) return; // told already
    process.stderr.write(`${path}: it ended the program, or waits for what never comes.\n`);
    process.exitCode = 2;
  };
  process.once('exit', tell);
  try {
    return await work();
  } finally {
    process.off('exit', tell);
  }
}

/** Rows to write into: those of the data set serve the scenarios that follow. */
const withOwnRows = <Params>(craft: Craft<Params>): Craft<Params> => ({
  ...craft,
  clean: copied(craft.clean),
  test: copied(craft.test),
});
const copied = (rows: LabeledSet): LabeledSet => ({ ...rows, x: rows.x.slice(), y: rows.y.slice() });

/** Methods keep their `this`. */
const withOwnMethods = (own: Attack): Attack => ({
  ...own,
  ...(own.allowance && { allowance: own.allowance.bind(own) }),
  poison: own.poison.bind(own),
});

/** What an error says, in one line; of a refused schema its first complaint and where. */
export function sentenceOf(error: unknown): string {
  if (error instanceof z.core.$ZodError) {
    const [issue] = error.issues;
    const at = issue!.path.join('.');
    return at ? `'${at}': ${issue!.message}` : issue!.message;
  }
  return firstLine(error instanceof Error ? error.message : String(error));
}

const firstLine = (text: string) => text.split('\n', 1)[0]!.replace(/\.$/, '');

/** The attack of that name, the caller's own one first. Throws UsageError with the known names. */
export const unknownAttack = (id: string, own: OwnAttack | null) =>
  new UsageError(
    `There is no attack '${id}'; known: ${[...(own ? [own.id] : []), ...AttackId.options].join(', ')}${own ? '' : ', or one of your own with --attack <file>'}.`,
  );
