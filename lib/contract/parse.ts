import { type Node, Parser } from 'acorn';

export type Program = Node & { body: Node[] };

/** Names in scopes, a `var` once for each block around it. More take time and memory that no honest module needs. */
const mostNames = 250_000;
/** Scopes within each other: acorn walks up through them at every name. */
const deepest = 250;
/** A list no longer than this is searched as fast as a set is. */
const few = 16;

/** A list that acorn asks by `indexOf` whether it holds a name; a long one knows that at once. */
class Names extends Array<string> {
  #held: Set<string> | null = null;
  readonly #room: { left: number };

  constructor(room: { left: number }) {
    super();
    this.#room = room;
  }

  override push(name: string): number {
    if (this.#room.left-- === 0)
      throw new SyntaxError(`it declares more than ${mostNames.toLocaleString('en-US')} names in nested blocks`);
    this.#held?.add(name);
    return super.push(name);
  }

  override indexOf(name: string): number {
    if (this.length <= few) return super.indexOf(name);
    this.#held ??= new Set(this);
    return this.#held.has(name) ? 0 : -1;
  }
}

/** acorn's parser, whose scopes are plain lists: a text of many names in one scope takes it minutes. */
class ModuleParser extends Parser {
  declare scopeStack: { flags: number; var: Names; lexical: Names; functions: Names }[];
  declare room: { left: number };

  /** In place of acorn's own, which its constructor calls too. */
  enterScope(flags: number): void {
    if (this.scopeStack.length > deepest) throw new SyntaxError(`it nests more than ${deepest} scopes`);
    this.room ??= { left: mostNames };
    const names = () => new Names(this.room);
    this.scopeStack.push({ flags, var: names(), lexical: names(), functions: names() });
  }
}

/** What Node 20, the oldest that runs a module, reads. */
const readHere = 2024;

/**
 * The syntax tree of a module. Throws SyntaxError, whose message is a clause, in time that grows with the text alone.
 * `ecmaVersion`: of the language, by its year.
 */
export function parseModule(code: string, ecmaVersion: 2024 | 2025 = readHere): Program {
  try {
    return ModuleParser.parse(code, { ecmaVersion, sourceType: 'module' });
  } catch (error) {
    throw new SyntaxError(
      (error as Error).message.replace('Not enough stack space to parse input', 'it nests too deeply'),
    );
  }
}
