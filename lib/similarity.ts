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

/** What is left out of a text: in the one language it is a comment, in the other it is code. */
const comments: Readonly<Record<LanguageId, string>> = {
  javascript: String.raw`\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)`,
  python: String.raw`#[^\n]*`,
};
const inQuotes = String.raw`'(?:\\[\s\S]|[^'\\\n])*'?|"(?:\\[\s\S]|[^"\\\n])*"?`;
/** Over several lines. */
const longTexts: Readonly<Record<LanguageId, string>> = {
  javascript: String.raw`\x60(?:\\[\s\S]|[^\x60\\])*\x60?`,
  python: String.raw`'''(?:\\[\s\S]|(?!''')[^\\])*(?:'''|$)|"""(?:\\[\s\S]|(?!""")[^\\])*(?:"""|$)`,
};

/**
 * Comments are dropped, and strings are one token. What is not closed goes on to the end of its line, or of the text:
 * it is tried once and not from every place in it.
 */
const tokensOf = (language: LanguageId) =>
  new RegExp(
    String.raw`${comments[language]}|(?<text>${longTexts[language]}|${inQuotes})|(?<name>[A-Za-z_$][\w$]*)|(?<number>\d[\w.]*)|(?<sign>[^\s])`,
    'g',
  );
const tokens: Readonly<Record<LanguageId, RegExp>> = {
  javascript: tokensOf('javascript'),
  python: tokensOf('python'),
};

export function runsOf({ code, language }: Module): Set<string> {
  const kinds: string[] = [];
  for (const { groups } of code.matchAll(tokens[language])) {
    if (groups?.text !== undefined) kinds.push('t');
    else if (groups?.name !== undefined) kinds.push(words.has(groups.name) ? groups.name : 'n');
    else if (groups?.number !== undefined) kinds.push('0');
    else if (groups?.sign !== undefined) kinds.push(groups.sign);
  }
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
