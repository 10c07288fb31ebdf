import type { Token, Tokens } from './tokens.ts';

/** CPython's own limits are 200 brackets and 100 indents; of what nests without brackets it bears about 3,000. */
const most = { brackets: 200, indents: 99, chain: 2000, branches: 1000 };

export const opening = new Set(['Lpar', 'Lsqb', 'Lbrace', 'FStringStart', 'TStringStart']);
export const closing = new Set(['Rpar', 'Rsqb', 'Rbrace', 'FStringEnd', 'TStringEnd']);
const ending = new Set(['Comma', 'Newline', 'Semi']);

/** The token at which a text nests deeper than Python bears, with what is too deep, or null. */
export function tooDeep({ all }: Tokens): { token: Token; what: string } | null {
  const chains = [0];
  let [indents, branches] = [0, 0];
  for (const token of all) {
    const { kind } = token;
    if (kind === 'Indent') indents++;
    if (kind === 'Dedent') indents--;
    if (kind === 'Elif') branches++;
    chains[chains.length - 1]!++;
    if (opening.has(kind)) chains.push(0);
    if (closing.has(kind) && chains.length > 1) chains.pop();
    if (ending.has(kind)) chains[chains.length - 1] = 0;
    if (chains.length - 1 > most.brackets)
      return { token, what: `more than ${most.brackets} brackets within each other` };
    if (indents > most.indents) return { token, what: `more than ${most.indents} indents within each other` };
    if (chains.at(-1)! > most.chain)
      return { token, what: `more than ${most.chain.toLocaleString('en-US')} names and operators without a comma` };
    if (branches > most.branches) return { token, what: `more than ${most.branches.toLocaleString('en-US')} elif` };
  }
  return null;
}
