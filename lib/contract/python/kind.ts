import { DefenseKind } from '../ids.ts';
import { closing, opening } from './nesting.ts';
import type { Token, Tokens } from './tokens.ts';

/** A name that the module gives a value at its top level, and how. */
export type Bound = {
  readonly name: string;
  readonly token: Token;
  readonly as: 'function' | 'async' | 'class' | 'value' | 'literal';
};

/** With these begins what is no function. */
const literal = /^(String|Int|Float|Complex|FStringStart|Lsqb|Lbrace|None|True|False|Minus|Not)$/;

/** A value in the code, by its first token; behind brackets by the first one in them, unless they hold a tuple. */
function valueAt({ all }: Tokens, from: number): 'value' | 'literal' {
  let index = from;
  while (all[index]?.kind === 'Lpar') {
    if (hasCommaOf(all, index)) return 'literal';
    index++;
  }
  return literal.test(all[index]?.kind ?? '') || all[index]?.kind === 'Rpar' ? 'literal' : 'value';
}

/** Whether a comma stands in the bracket that opens here, outside inner ones and a lambda's parameters. */
function hasCommaOf(all: readonly Token[], from: number): boolean {
  let [depth, inLambda] = [0, false];
  for (let index = from; index < all.length; index++) {
    const { kind } = all[index]!;
    if (opening.has(kind)) depth++;
    if (closing.has(kind) && --depth === 0) return false;
    if (depth > 1) continue;
    if (kind === 'Lambda') inLambda = true;
    if (kind === 'Colon') inLambda = false;
    if (kind === 'Comma' && !inLambda) return true;
  }
  return false;
}

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
  const [first, second, third] = tokens.all.slice(index, index + 3);
  const named = (token: Token | undefined, as: Bound['as']) =>
    token?.kind === 'Identifier' || token?.kind === 'Name' ? { name: tokens.text(token), token, as } : null;
  if (first?.kind === 'Def') return named(second, 'function');
  if (first?.kind === 'Class') return named(second, 'class');
  if (first?.kind === 'Async' && second?.kind === 'Def') return named(third, 'async');
  if (second?.kind === 'Equal') return named(first, valueAt(tokens, index + 2));
  if (second?.kind !== 'Colon') return null;
  const isEnd = (kind: string | undefined) => kind === undefined || kind === 'Equal' || kind === 'Newline';
  let end = index;
  while (!isEnd(tokens.all[end]?.kind)) end++;
  // An annotation alone binds nothing.
  return tokens.all[end]?.kind === 'Equal' ? named(first, valueAt(tokens, end + 1)) : null;
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
  const lambdas = new Lambdas();
  let depth = 0;
  for (let index = tokens.all.indexOf(token) + 1; index < tokens.all.length; index++) {
    const { kind } = tokens.all[index]!;
    if (kind === 'Indent') depth++;
    if (kind === 'Dedent') depth--;
    else if (kind !== 'Indent' && tokens.begins(index)) {
      if (depth === 0 && tokens.all[index - 1]!.kind !== 'Semi') return false;
      while (within.length > 0 && depth <= within.at(-1)!) within.pop();
    }
    if (kind === 'Def' || kind === 'Class') within.push(depth);
    lambdas.pass(kind);
    if (kind === 'Yield' && within.length === 0 && !lambdas.open) return true;
  }
  return false;
}

/** The lambdas around a token: each ends at a comma or a bracket of its own level, or with the line. */
class Lambdas {
  private readonly around: { brackets: number; inBody: boolean }[] = [];
  private brackets = 0;

  get open(): boolean {
    return this.around.some(({ inBody }) => inBody);
  }

  pass(kind: string): void {
    if (opening.has(kind)) this.brackets++;
    if (closing.has(kind)) this.brackets--;
    const last = this.around.at(-1);
    if (kind === 'Lambda') this.around.push({ brackets: this.brackets, inBody: false });
    else if (kind === 'Newline' || kind === 'Semi') this.around.length = 0;
    else if (last && this.brackets < last.brackets) this.around.pop();
    else if (last && this.brackets === last.brackets && kind === 'Colon') last.inBody = true;
    else if (last?.inBody && this.brackets === last.brackets && kind === 'Comma') this.around.pop();
  }
}
