import { DefenseKind } from '../ids.ts';
import { closing, opening } from './nesting.ts';
import type { Token, Tokens } from './tokens.ts';

/** A name that the module gives a value at its top level, and how. */
type Bound = {
  readonly name: string;
  readonly token: Token;
  readonly as: 'function' | 'async' | 'class' | 'value' | 'literal';
};

/** What the text shows to be no function. */
const literal = /^(String|Int|Float|Complex|FStringStart|Lpar|Lsqb|Lbrace|None|True|False|Minus|Not)$/;

/** What stands at the top level under the name of a kind; of several of one name the last, as in Python. */
export function kindsBound(tokens: Tokens): ReadonlyMap<DefenseKind, Bound> {
  const found = new Map<DefenseKind, Bound>();
  let [depth, brackets] = [0, 0];
  let compound = false;
  tokens.all.forEach((token, index) => {
    if (token.kind === 'Indent') depth++;
    if (token.kind === 'Dedent') depth--;
    if (token.kind === 'Newline' || token.kind === 'Dedent') compound = false;
    if (opening.has(token.kind)) brackets++;
    if (closing.has(token.kind)) brackets--;
    if (depth > 0 || brackets > 0 || !tokens.begins(index) || compound) return;
    const bound = boundAt(tokens, index);
    compound = /^(If|Elif|Else|For|While|With|Try|Except|Finally|Def|Class|Async)$/.test(token.kind);
    const kind = DefenseKind.safeParse(bound?.name);
    if (bound && kind.success) found.set(kind.data, bound);
  });
  return found;
}

function boundAt(tokens: Tokens, index: number): Bound | null {
  const [first, second, third, fourth] = tokens.all.slice(index, index + 4);
  const named = (token: Token | undefined, as: Bound['as']) =>
    token?.kind === 'Identifier' || token?.kind === 'Name' ? { name: tokens.text(token), token, as } : null;
  if (first?.kind === 'Def') return named(second, 'function');
  if (first?.kind === 'Class') return named(second, 'class');
  if (first?.kind === 'Async' && second?.kind === 'Def') return named(third, 'async');
  if (second?.kind === 'Equal') return named(first, literal.test(third?.kind ?? '') ? 'literal' : 'value');
  if (second?.kind !== 'Colon' || !first || !fourth) return null;
  const isEnd = (kind: string | undefined) => kind === undefined || kind === 'Equal' || kind === 'Newline';
  let end = index;
  while (!isEnd(tokens.all[end]?.kind)) end++;
  return tokens.all[end]?.kind === 'Equal' ? named(first, 'value') : null; // an annotation alone binds nothing
}

/** The first `def` of a kind's name that is not at the top level nor in a class, or null. */
export const definedInside = (tokens: Tokens): Token | null =>
  tokens.all.find(
    (token, index) =>
      token.kind === 'Identifier' &&
      tokens.all[index - 1]?.kind === 'Def' &&
      DefenseKind.safeParse(tokens.text(token)).success,
  ) ?? null;

/** Whether the function of this name yields, and so returns a generator. */
export function yields(tokens: Tokens, { token }: Bound): boolean {
  const within: number[] = []; // the depths of functions and classes inside it
  let depth = 0;
  for (let index = tokens.all.indexOf(token) + 1; index < tokens.all.length; index++) {
    const { kind } = tokens.all[index]!;
    if (kind === 'Indent') depth++;
    if (kind === 'Dedent') depth--;
    else if (kind !== 'Indent' && tokens.begins(index)) {
      if (depth === 0) return false;
      while (within.length > 0 && depth <= within.at(-1)!) within.pop();
    }
    if (kind === 'Def' || kind === 'Class') within.push(depth);
    if (kind === 'Yield' && within.length === 0) return true;
  }
  return false;
}
