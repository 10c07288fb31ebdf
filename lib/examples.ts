import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import 'server-only';
import { DefenseKind } from './contract/ids.ts';
import type { LanguageId } from './contract/runtime.ts';

/** Each folder by itself: the pages' bundler copies what a path can name. */
const example = (language: LanguageId, name: string) =>
  language === 'python'
    ? readFileSync(join(process.cwd(), 'runner/python/examples', `${name}.py`), 'utf8')
    : readFileSync(join(process.cwd(), 'runner/defenses/examples', `${name}.mjs`), 'utf8');

/** One short defense of each kind, the text that a test runs as printed. */
export const exampleOf = (kind: DefenseKind, language: LanguageId = 'javascript') => example(language, kind);

/** All of them, by language and kind. */
export const examples = () => {
  const of = (language: LanguageId) => ({
    filter: exampleOf('filter', language),
    shape: exampleOf('shape', language),
    train: exampleOf('train', language),
  });
  return { javascript: of('javascript'), python: of('python') };
};

/** A training script of PyTorch, and the same as a defense. */
export const pytorchScript = () => example('python', 'script');
export const pytorchLoop = () => example('python', 'loop');

export const isExample = (kind: string): kind is DefenseKind => DefenseKind.safeParse(kind).success;

/** A file of the example of an attack of one's own, which a test runs as printed. */
export const attackExample = (name: 'my-attack.mjs' | 'my-suite.json' | 'commands.txt') =>
  readFileSync(join(process.cwd(), 'runner/craft/attacks/examples', name), 'utf8');

/** The types that an attack is written against, as the harness itself has them. */
export const attackInterface = () => readFileSync(join(process.cwd(), 'lib/contract/attack.ts'), 'utf8');

/** The types that a defense is written against, as the harness itself has them. */
export const interfaceText = () => readFileSync(join(process.cwd(), 'lib/contract/defense.ts'), 'utf8');

/** Of the package that a defense in Python is given. */
export const stepText = () =>
  readFileSync(join(process.cwd(), 'runner/python/antidote_host/step.py'), 'utf8').replace(
    /^(from|import) .*\n+/gm,
    '',
  );
