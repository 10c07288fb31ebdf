import type { Place } from './ruff.ts';

/**
 * A token of Python: `kind` as Ruff names it (`Def`, `Identifier`, `Newline`, `Indent`), `start` and `end` in bytes.
 */
export type Token = { readonly kind: string; readonly start: number; readonly end: number };

const literals = new Set(['String', 'Int', 'Float', 'Complex', 'FStringMiddle', 'TStringMiddle']);
/** Behind these a statement may begin. */
const statementEnds: ReadonlySet<string | undefined> = new Set(['Newline', 'Indent', 'Dedent', 'Semi', undefined]);

/** A text with its tokens; comments and line breaks inside a statement are left out. */
export class Tokens {
  readonly all: readonly Token[];
  private readonly bytes: Uint8Array;

  constructor(code: string, printed: string) {
    this.bytes = new TextEncoder().encode(code);
    this.all = [...printed.matchAll(/^ {4}(\w+) (\d+)\.\.(\d+)/gm)]
      .filter(([, kind]) => kind !== 'Comment' && kind !== 'NonLogicalNewline')
      .map(([, kind, start, end]) => ({ kind: kind!, start: Number(start), end: Number(end) }));
  }

  text({ start, end }: Pick<Token, 'start' | 'end'>): string {
    return new TextDecoder().decode(this.bytes.subarray(start, end));
  }

  place({ start }: Token): Place {
    const lines = this.text({ start: 0, end: start }).split(/\r\n|\r|\n/);
    return { line: lines.length, column: [...lines.at(-1)!].length + 1 };
  }

  /** Bytes of texts and numbers as written. A text that stands alone as a statement says what the code does. */
  literalBytes(): number {
    let bytes = 0;
    for (const [index, { kind, start, end }] of this.all.entries()) {
      if (!literals.has(kind)) continue;
      const alone = kind === 'String' && this.begins(index) && this.all[index + 1]?.kind === 'Newline';
      if (!alone) bytes += end - start;
    }
    return bytes;
  }

  /** Whether a statement may begin at this token. */
  begins(index: number): boolean {
    return statementEnds.has(this.all[index - 1]?.kind);
  }
}
