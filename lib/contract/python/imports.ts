import { PythonSet } from '../runtime.ts';
import { importable, standardLibrary } from './importable.ts';
import type { Token, Tokens } from './tokens.ts';

/** What a statement imports: the first part of a dotted name, or null for `from . import`. */
export type Imported = { readonly name: string | null; readonly token: Token };

/** Every import of a text, in functions too, and those that name their module in a call: `__import__('os')`. */
export function importsOf(tokens: Tokens): Imported[] {
  return tokens.all.flatMap((token, index) => {
    const begins = tokens.begins(index) || tokens.all[index - 1]?.kind === 'Colon'; // `try: import x`
    if (token.kind === 'From' && begins) return [fromAt(tokens, index)];
    if (token.kind === 'Import' && begins) return listAt(tokens, index + 1);
    return token.kind === 'Identifier' ? calledAt(tokens, index) : [];
  });
}

function fromAt(tokens: Tokens, index: number): Imported {
  const token = tokens.all[index + 1]!;
  return { name: token.kind === 'Dot' || token.kind === 'Ellipsis' ? null : tokens.text(token), token };
}

function listAt(tokens: Tokens, from: number): Imported[] {
  const names: Imported[] = [];
  for (let index = from; index < tokens.all.length; index++) {
    const token = tokens.all[index]!;
    if (/^(Newline|Semi)$/.test(token.kind)) break;
    if (index === from || tokens.all[index - 1]?.kind === 'Comma') names.push({ name: tokens.text(token), token });
  }
  return names;
}

function calledAt(tokens: Tokens, index: number): Imported[] {
  const [callee, open, given, behind] = tokens.all.slice(index, index + 4);
  if (open?.kind !== 'Lpar' || given?.kind !== 'String' || !/^(Rpar|Comma)$/.test(behind?.kind ?? '')) return [];
  if (!/^(__import__|import_module)$/.test(tokens.text(callee!))) return [];
  const name = /^["']([A-Za-z_]\w*)[\w.]*["']$/.exec(tokens.text(given))?.[1];
  return name === undefined ? [] : [{ name, token: given }];
}

/** The first import that no set of packages has, or null. */
export const unknownImport = (imports: readonly Imported[]): Imported | null =>
  imports.find(
    ({ name }) =>
      name === null || (!standardLibrary.has(name) && !PythonSet.options.some((set) => importable[set].includes(name))),
  ) ?? null;

/** Names outside the standard library, each with its first place. */
export function packagesOf(imports: readonly Imported[]): ReadonlyMap<string, Token> {
  const packages = new Map<string, Token>();
  for (const { name, token } of imports)
    if (name !== null && !standardLibrary.has(name) && !packages.has(name)) packages.set(name, token);
  return packages;
}

/** The smallest set that has all of these, or null. */
export const setWith = (names: readonly string[]): PythonSet | null =>
  PythonSet.options.find((set) => names.every((name) => importable[set].includes(name))) ?? null;
