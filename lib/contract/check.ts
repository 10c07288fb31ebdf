import type { ExportDefaultDeclaration, ExportNamedDeclaration, Node, ObjectExpression, Property } from 'acorn';
import { deflateSync } from 'fflate';
import { moduleByteLimit } from './card.ts';
import { lineOfPython } from './guess-language.ts';
import { DefenseKind } from './ids.ts';
import { type Program, parseModule } from './parse.ts';
import type { Runtime } from './runtime.ts';

export type CheckCode = 'too-large' | 'syntax' | 'imports' | 'not-a-defense';
/**
 * `runtime`: what it runs in. `embedsData`: it could carry weights or a data set with it, and is not ranked.
 */
export type Check =
  | { ok: true; runtime: Runtime; kind: DefenseKind; bytes: number; embedsData: boolean }
  | { ok: false; code: CheckCode; message: string };
export type Refused = Check & { ok: false };

/**
 * Reads size, syntax, imports and kind off the text of a module in JavaScript without running it. The same code in
 * browser, server, command line and runner. Of Python: `python/check-python.ts`.
 */
export function checkModule(code: string): Check {
  const source = new TextEncoder().encode(code);
  const unread = unreadable(code, source.length);
  if (unread) return unread;
  let program: Program;
  try {
    program = parseModule(code);
  } catch (error) {
    const python = lineOfPython(code);
    const imported = python ? null : importOfLater(code);
    if (imported) return importing(imported);
    return refuse(
      'syntax',
      python
        ? `The module is not JavaScript; this is Python: ${python}. Send it as Python: a file that ends in .py.`
        : `The module is not valid JavaScript: ${(error as SyntaxError).message}.`,
    );
  }
  const imported = importIn(program);
  if (imported) return importing(imported);
  const kind = kindOf(program.body);
  if (typeof kind !== 'string') return kind;
  const embedsData = couldCarryData(source, literalBytes(program));
  return { ok: true, runtime: 'javascript', kind, bytes: source.length, embedsData };
}

/** Why a text of so many bytes is not parsed, in any language; or null. */
export function unreadable(code: string, bytes: number): Refused | null {
  if (bytes > moduleByteLimit)
    return refuse(
      'too-large',
      `The module has ${bytes.toLocaleString('en-US')} bytes; at most ${moduleByteLimit.toLocaleString('en-US')} are allowed.`,
    );
  return code.includes('\0') ? refuse('syntax', 'The module holds a NUL character; text has none.') : null;
}

/**
 * The most bytes of a module that is ranked: its source, all its literals together (or a table would be cut into many),
 * and its deflated source. The last one bounds what names, comments and white space can hide. The largest baseline has
 * 2 kB deflated.
 */
export const plainLimits = { source: 65_536, literals: 4096, compressed: 8192 } as const;

/** Whether a text with so many bytes in its literals is past one of these limits. */
export const couldCarryData = (source: Uint8Array, literals: number): boolean =>
  source.length > plainLimits.source ||
  literals > plainLimits.literals ||
  deflateSync(source, { level: 9 }).length > plainLimits.compressed;

/** As written, so that an escaped character counts with its escape: texts, numbers, patterns, templates. */
function literalBytes(program: Node): number {
  let bytes = 0;
  for (const node of nodesOf(program)) {
    const { raw, value } = node as Node & { raw?: string; value?: { raw: string } };
    if (node.type === 'Literal') bytes += new TextEncoder().encode(raw).length;
    if (node.type === 'TemplateElement') bytes += new TextEncoder().encode(value!.raw).length;
  }
  return bytes;
}

export const refuse = (code: CheckCode, message: string): Refused => ({ ok: false, code, message });

const importing = (what: string) =>
  refuse('imports', `The module imports ${what}; a defense imports nothing: all it needs arrives as arguments.`);

/** What a text imports that only a later JavaScript reads (`with { type: 'json' }`), or null. */
function importOfLater(code: string): string | null {
  try {
    return importIn(parseModule(code, 2025));
  } catch {
    return null;
  }
}

/** The first thing the program imports, in words, or null. */
function importIn(program: Node): string | null {
  let [required, declared] = [null as string | null, false];
  for (const node of nodesOf(program)) {
    const { type, source } = node as Node & { source?: { value?: unknown } | null };
    required ??= requireIn(node);
    declared ||= declaresRequire(node);
    const names =
      type === 'ImportDeclaration' ||
      type === 'ExportAllDeclaration' ||
      type === 'ImportExpression' ||
      (type === 'ExportNamedDeclaration' && source);
    if (names) return typeof source?.value === 'string' ? `'${source.value}'` : 'something by a computed name';
  }
  return declared ? null : required;
}

const isRequire = (node: unknown) => (node as { name?: unknown } | null)?.name === 'require';

function requireIn(node: Node): string | null {
  const { type, callee, arguments: given } = node as Node & { callee?: Node; arguments?: { value?: unknown }[] };
  if (type !== 'CallExpression' || !isRequire(callee)) return null;
  const name = given?.[0]?.value;
  return `${typeof name === 'string' ? `'${name}'` : 'something by a computed name'} with require`;
}

/** A `require` of the module's own imports nothing. */
const declaresRequire = (node: Node & { id?: unknown; params?: unknown[] }) =>
  isRequire(node.id) || (node.params ?? []).some(isRequire);

function* nodesOf(root: Node): Generator<Node> {
  const pending: Node[] = [root];
  for (let node = pending.pop(); node; node = pending.pop()) {
    yield node;
    for (const value of Object.values(node))
      for (const child of Array.isArray(value) ? value : [value])
        if (child && typeof child.type === 'string') pending.push(child);
  }
}

const wanted = `its default export is an object literal with exactly one method of ${DefenseKind.options.join(', ')}`;

function kindOf(body: Node[]): DefenseKind | (Check & { ok: false }) {
  const exported = defaultExport(body);
  if (!exported) return refuse('not-a-defense', `The module has no default export; ${wanted}.`);
  const object = objectOf(exported, body);
  if (!object) return refuse('not-a-defense', `The default export is no object literal; ${wanted}.`);
  const names = object.properties.map((property) =>
    property.type === 'Property' && property.kind === 'init' && !property.computed ? nameOf(property) : null,
  );
  const kinds = DefenseKind.options.filter((kind) => names.includes(kind));
  const [kind] = kinds;
  if (!kind || kinds.length > 1)
    return refuse(
      'not-a-defense',
      `The default export has ${kinds.length === 0 ? 'none of the methods' : kinds.join(' and ')}; ${wanted}.`,
    );
  const { value } = object.properties[names.lastIndexOf(kind)] as Property;
  const method = value.type === 'Identifier' ? declaredAs(value.name, body) : value;
  if ((method as { generator?: boolean } | undefined)?.generator)
    return refuse('not-a-defense', `${kind} is a generator (it has a *), which returns no result; ${wanted}.`);
  if (method && noFunction.test(method.type)) return refuse('not-a-defense', `${kind} is no function; ${wanted}.`);
  return kind;
}

/** What the source itself shows to be none. */
const noFunction = /^(?:Literal|TemplateLiteral|ObjectExpression|ArrayExpression|ClassExpression|UnaryExpression)$/;

/** What a name at the top of the module was declared with, if that is seen there. */
function declaredAs(name: string, body: Node[]): Node | undefined {
  for (const node of body) {
    const { declaration } = node as Partial<ExportNamedDeclaration>;
    const { type, id, declarations } = (declaration ?? node) as Node & {
      id?: { name?: string } | null;
      declarations?: { id: { name?: string }; init: Node | null }[];
    };
    if (type === 'FunctionDeclaration' && id?.name === name) return declaration ?? node;
    const found = declarations?.find((one) => one.id.name === name);
    if (found) return found.init ?? undefined;
  }
}

const nameOf = ({ key }: Property) =>
  key.type === 'Identifier' ? key.name : key.type === 'Literal' ? String(key.value) : null;

/** What `export default` names, in either of its two spellings. */
function defaultExport(body: Node[]): Node | undefined {
  for (const node of body) {
    if (node.type === 'ExportDefaultDeclaration') return (node as ExportDefaultDeclaration).declaration;
    const named = node.type === 'ExportNamedDeclaration' ? (node as ExportNamedDeclaration).specifiers : [];
    const specifier = named.find(({ exported }) => ('name' in exported ? exported.name : exported.value) === 'default');
    if (specifier) return specifier.local;
  }
}

/** The object literal itself, or the one that the exported name was declared with (as bundlers write it). */
function objectOf(declaration: Node, body: Node[]): ObjectExpression | null {
  if (declaration.type === 'ObjectExpression') return declaration as ObjectExpression;
  if (declaration.type !== 'Identifier') return null;
  const declared = declaredAs((declaration as Node & { name: string }).name, body);
  return declared?.type === 'ObjectExpression' ? (declared as ObjectExpression) : null;
}
