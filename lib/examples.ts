import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import 'server-only';
import { DefenseKind } from './contract/ids.ts';

/** One short defense of each kind, the text that a test runs as printed. */
export const exampleOf = (kind: DefenseKind) =>
  readFileSync(join(process.cwd(), 'runner/defenses/examples', `${kind}.mjs`), 'utf8');

export const isExample = (kind: string): kind is DefenseKind => DefenseKind.safeParse(kind).success;

/** The types that a defense is written against, as the harness itself has them. */
export const interfaceText = () => readFileSync(join(process.cwd(), 'lib/contract/defense.ts'), 'utf8');
