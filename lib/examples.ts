import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import 'server-only';
import { DefenseKind } from './contract/ids.ts';

/** One short defense of each kind, the text that a test runs as printed. */
export const exampleOf = (kind: DefenseKind) =>
  readFileSync(join(process.cwd(), 'runner/defenses/examples', `${kind}.mjs`), 'utf8');

export const isExample = (kind: string): kind is DefenseKind => DefenseKind.safeParse(kind).success;

/** A file of the example of an attack of one's own, which a test runs as printed. */
export const attackExample = (name: 'my-attack.mjs' | 'my-suite.json' | 'commands.txt') =>
  readFileSync(join(process.cwd(), 'runner/craft/attacks/examples', name), 'utf8');

/** The types that an attack is written against, as the harness itself has them. */
export const attackInterface = () => readFileSync(join(process.cwd(), 'lib/contract/attack.ts'), 'utf8');

/** The types that a defense is written against, as the harness itself has them. */
export const interfaceText = () => readFileSync(join(process.cwd(), 'lib/contract/defense.ts'), 'utf8');
