import init, { PositionEncoding, Workspace } from '@astral-sh/ruff-wasm-web';

/** Where a problem is: line and column from 1, the column in characters. */
export type Place = { readonly line: number; readonly column: number };
export type Problem = Place & { readonly message: string };

/** Thrown where a text nests so deeply that the parser's stack did not hold it. */
export class TooDeep extends Error {}

/** What Python's compiler refuses beyond the grammar: `return` outside a function, two starred targets, and so on. */
const compilerRules = [
  'F404',
  'F406',
  'F407',
  'F621',
  'F622',
  'F701',
  'F702',
  'F704',
  'F706',
  'F707',
  'PLE0117',
  'PLE0118',
  'PLE1142',
  'PLE1700',
];

type Diagnostic = { message: string; start_location: { row: number; column: number } };

/** The parser of Ruff (https://docs.astral.sh/ruff), which reads Python as CPython does. */
export class Ruff {
  private broken = false;

  private constructor(private readonly workspace: Workspace) {}

  /**
   * `wasm`: the bytes of `ruff_wasm_bg.wasm`; in a browser it is fetched from where the bundler put it. Of one version
   * for a whole process.
   */
  static async open(wasm?: BufferSource): Promise<Ruff> {
    await init(wasm && { module_or_path: wasm });
    const settings = { 'target-version': 'py311', preview: false, lint: { select: compilerRules } };
    return new Ruff(new Workspace(settings, PositionEncoding.Utf32));
  }

  /** A text once broke its stack: what it would say of further ones is not to be trusted. */
  get isBroken(): boolean {
    return this.broken;
  }

  /** The tokens as Ruff prints them, one a line. */
  tokens(code: string): string {
    return this.guarded(() => this.workspace.tokens(code));
  }

  /** The first thing that Python would not compile, or null. */
  problem(code: string): Problem | null {
    const found = this.guarded(() => this.workspace.check(code) as Diagnostic[]);
    const [first] = found
      .map(({ message, start_location: { row, column } }) => ({ message, line: row, column }))
      .sort((a, b) => a.line - b.line || a.column - b.column);
    return first ?? null;
  }

  private guarded<T>(work: () => T): T {
    if (this.broken) throw new Error('This reader of Python broke on a text before; open another one.');
    try {
      return work();
    } catch (error) {
      this.broken = true;
      throw new TooDeep('it nests too deeply', { cause: error });
    }
  }
}
