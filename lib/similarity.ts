import { type Token, tokenizer, tokTypes } from 'acorn';
import type { LanguageId } from './contract/runtime.ts';

/** A module's text, and what it is written in. */
type Module = { readonly code: string; readonly language: LanguageId };

/** So many tokens in a row are compared. */
const run = 8;

/**
 * How much of the shorter of two modules also stands in the other, 0 to 1: the share of its runs of eight tokens, where
 * every name and every number is taken for the same. Renaming and reformatting change nothing. Runs of tokens as in
 * Schleimer, Wilkerson and Aiken 2003, https://doi.org/10.1145/872757.872770. Modules of fewer than eight tokens have
 * 0.
 */
export const similarity = (a: Module, b: Module): number => shareOfRuns(runsOf(a), runsOf(b));

/** The same of two modules whose runs are known. */
export function shareOfRuns(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const [small, large] = one.size <= other.size ? [one, other] : [other, one];
  if (small.size === 0) return 0;
  let shared = 0;
  for (const tokens of small) if (large.has(tokens)) shared++;
  return shared / small.size;
}

const inQuotes = String.raw`'(?:\\[\s\S]|[^'\\\n])*'?|"(?:\\[\s\S]|[^"\\\n])*"?`;
/** Over several lines. */
const longTexts = String.raw`'''(?:\\[\s\S]|(?!''')[^\\])*(?:'''|$)|"""(?:\\[\s\S]|(?!""")[^\\])*(?:"""|$)`;

/**
 * Python's. Comments are dropped, and texts are one token. What is not closed goes on to the end of its line, or of the
 * text: it is tried once and not from every place in it.
 */
const python = new RegExp(
  String.raw`#[^\n]*|(?<text>${longTexts}|${inQuotes})|(?<name>[A-Za-z_][\w]*)|(?<number>\d[\w.]*)|(?<sign>[^\s])`,
  'g',
);

function* kindsInPython(code: string): Generator<string> {
  for (const { groups } of code.matchAll(python)) {
    if (groups?.text !== undefined) yield 't';
    else if (groups?.name !== undefined) yield words.has(groups.name) ? groups.name : 'n';
    else if (groups?.number !== undefined) yield '0';
    else if (groups?.sign !== undefined) yield groups.sign;
  }
}

/** By acorn's tokenizer: what a slash begins follows from what stands before it. What it can't read ends the text. */
function* kindsInJavascript(code: string): Generator<string> {
  const read = tokenizer(code, { ecmaVersion: 'latest', sourceType: 'module' });
  for (;;) {
    let token: Token & { value?: unknown }; // its types leave the value out
    try {
      token = read.getToken();
    } catch {
      return;
    }
    const { type, value } = token;
    if (type === tokTypes.eof) return;
    if (type === tokTypes.name || type === tokTypes.privateId || type.keyword)
      yield words.has(String(value)) ? String(value) : 'n';
    else if (type === tokTypes.num) yield '0';
    else if (type === tokTypes.string || type === tokTypes.template || type === tokTypes.regexp) yield 't';
    else yield typeof value === 'string' ? value : type.label;
  }
}

export function runsOf({ code, language }: Module): Set<string> {
  const kinds = [...(language === 'python' ? kindsInPython(code) : kindsInJavascript(code))];
  const runs = new Set<string>();
  for (let at = 0; at + run <= kinds.length; at++) runs.add(kinds.slice(at, at + run).join(' '));
  return runs;
}

/** They say what is done; other names are the author's choice. */
const words = new Set(
  'async await break const continue def default do else export for from function if import in let new of return throw while yield class lambda'.split(
    ' ',
  ),
);
