import { type Check, couldCarryData, type Refused, refuse, unreadable } from '../check.ts';
import { lineOfJavaScript } from '../guess-language.ts';
import { DefenseKind } from '../ids.ts';
import { type PythonSet, pythonRuntime } from '../runtime.ts';
import { importsOf, packagesOf, setWith, unknownImport } from './imports.ts';
import { type Bound, definedInside, kindsBound, yields } from './kind.ts';
import { closing, opening, tooDeep } from './nesting.ts';
import { type Place, type Ruff, TooDeep } from './ruff.ts';
import { type Token, Tokens } from './tokens.ts';

const at = ({ line, column }: Place) => `line ${line}, column ${column}`;

/**
 * Reads size, syntax, imports and kind off the text of a module in Python without running it, and which set of packages
 * it needs. The same code in browser, server, command line and runner.
 */
export function checkPython(code: string, ruff: Ruff): Check {
  const source = new TextEncoder().encode(code);
  const unread = unreadable(code, source.length) ?? otherCoding(code);
  if (unread) return unread;
  let tokens: Tokens;
  try {
    tokens = new Tokens(code, ruff.tokens(code));
    const deep = tooDeep(tokens);
    if (deep) return tooNested(`it has ${deep.what} (${at(tokens.place(deep.token))})`);
    const problem = ruff.problem(code);
    if (problem) return notPython(code, problem);
    const long = longInteger(tokens);
    if (long) return longNumber(tokens.place(long));
  } catch (error) {
    if (error instanceof TooDeep) return tooNested(error.message);
    throw error;
  }
  return readOff(tokens, source);
}

function otherCoding(code: string): Refused | null {
  const coding = codingOf(code);
  if (coding && !/^utf[-_]?8([-_]|$)/i.test(coding))
    return refuse(
      'syntax',
      `The module says that its encoding is '${coding.slice(0, 40)}'; modules are UTF-8. Remove the line that says so.`,
    );
  return null;
}

/** The encoding that the first or second line declares (PEP 263), or null. */
function codingOf(code: string): string | null {
  for (const line of code.split(/\r\n|\r|\n/, 2)) {
    const declared = /^[ \t\f]*#.*?coding[:=][ \t]*([-_.a-zA-Z0-9]+)/.exec(line.replace(/^\ufeff/, ''));
    if (declared) return declared[1]!;
    if (!/^[ \t\f]*(#|$)/.test(line)) return null;
  }
  return null;
}

const tooNested = (what: string) => refuse('syntax', `The module is not valid Python: ${what}. Write it flatter.`);

/** A decimal number of more digits than Python's compiler turns into an integer, or null. */
const longInteger = (tokens: Tokens): Token | null =>
  tokens.all.find(
    (token) =>
      token.kind === 'Int' &&
      token.end - token.start > mostDigits &&
      /^[\d_]+$/.test(tokens.text(token)) &&
      tokens.text(token).replaceAll('_', '').length > mostDigits,
  ) ?? null;
const mostDigits = 4300;

const longNumber = (place: Place) =>
  refuse(
    'syntax',
    `The module is not valid Python (${at(place)}): a decimal number has more than ${mostDigits.toLocaleString('en-US')} digits. Write it in hexadecimal.`,
  );

function notPython(code: string, problem: Place & { message: string }): Refused {
  const javascript = lineOfJavaScript(code);
  if (javascript)
    return refuse(
      'syntax',
      `The module is not Python; this is JavaScript: ${javascript}. Send it as JavaScript: a file that ends in .mjs.`,
    );
  const message = problem.message.replace(/\s+/g, ' ').replace(/\.$/, '').slice(0, 200);
  return refuse('syntax', `The module is not valid Python (${at(problem)}): ${message}.`);
}

const wanted = 'exactly one function of filter(train, host), shape(step, host), train(task, host) at its top level';

function readOff(tokens: Tokens, source: Uint8Array): Check {
  const imports = importsOf(tokens);
  const unknown = unknownImport(imports);
  if (unknown?.name === null)
    return refuse(
      'imports',
      `The module imports from a package around it (${at(tokens.place(unknown.token))}); a defense is one file: write what it needs into it.`,
    );
  if (unknown)
    return refuse(
      'imports',
      `The module imports ${unknown.name} (${at(tokens.place(unknown.token))}), which no set of packages has. It may import the standard library and ${known.join(', ')}.`,
    );
  const own = ownOf(tokens);
  if ('code' in own) return own;
  const { kind, bound } = own;
  const packages = packagesOf(imports);
  const set = setWith([...packages.keys(), ...(needsTorch(tokens, kind, bound) ? ['torch'] : [])]);
  if (!set) return noSet(tokens, packages);
  const embedsData = couldCarryData(source, tokens.literalBytes());
  return { ok: true, runtime: pythonRuntime(set), kind, bytes: source.length, embedsData };
}

/** What people write defenses with, of all that a module may import. */
const known = [
  'numpy',
  'scipy',
  'sklearn',
  'safetensors',
  'joblib',
  'tqdm',
  'jax',
  'torch',
  'torchvision',
  'opacus',
] as const;

/** The one function of a kind's name, and how the name got its value. */
function ownOf(tokens: Tokens): { kind: DefenseKind; bound: Bound } | Refused {
  const bound = kindsBound(tokens);
  const kinds = DefenseKind.options.filter((kind) => bound.has(kind) && bound.get(kind)!.as !== 'literal');
  const placed = (kind: DefenseKind) => `${kind} (${at(tokens.place(bound.get(kind)!.token))})`;
  const [kind] = kinds;
  if (kinds.length > 1)
    return refuse('not-a-defense', `The module has ${kinds.map(placed).join(' and ')}; wanted is ${wanted}.`);
  if (!kind) {
    const [constant] = bound.keys();
    const inside = definedInside(tokens);
    const what = constant
      ? `${placed(constant)} is no function`
      : inside
        ? `${tokens.text(inside)} (${at(tokens.place(inside))}) is not at the top level`
        : 'The module has none of the functions';
    return refuse('not-a-defense', `${what}; wanted is ${wanted}.`);
  }
  const own = bound.get(kind)!;
  if (own.as === 'class') return refuse('not-a-defense', `${placed(kind)} is a class; wanted is ${wanted}.`);
  if (own.as === 'async')
    return refuse('not-a-defense', `${placed(kind)} is asynchronous, and nobody awaits it: write def without async.`);
  if (own.as === 'function' && yields(tokens, own))
    return refuse('not-a-defense', `${placed(kind)} yields, which makes it a generator: return the result.`);
  return { kind, bound: own };
}

/** The engine in Python is PyTorch: what shapes gradients, and what has its host train or predict, runs with it. */
function needsTorch(tokens: Tokens, kind: DefenseKind, bound: Bound): boolean {
  if (kind === 'shape') return true;
  const hosts = new Set(['host', hostOf(tokens, bound)]);
  return tokens.all.some(
    (token, index) =>
      token.kind === 'Dot' &&
      tokens.all[index - 1]?.kind === 'Identifier' &&
      hosts.has(tokens.text(tokens.all[index - 1]!)) &&
      /^(fit|model|tensors|logits|features|weights_of)$/.test(tokens.text(tokens.all[index + 1] ?? token)),
  );
}

/** How the function of this name calls its second parameter, or null. */
function hostOf(tokens: Tokens, { as, token }: Bound): string | null {
  if (as !== 'function') return null;
  const parameters = tokens.all.slice(tokens.all.indexOf(token) + 2);
  let [depth, commas] = [0, 0];
  for (const parameter of parameters) {
    const { kind } = parameter;
    if (opening.has(kind)) depth++;
    if (closing.has(kind) && --depth < 0) return null;
    if (depth === 0 && commas === 1 && kind === 'Identifier') return tokens.text(parameter);
    if (depth === 0 && kind === 'Comma') commas++;
  }
  return null;
}

function noSet(tokens: Tokens, packages: ReadonlyMap<string, Token>): Refused {
  const named = (set: PythonSet) => {
    const [name, token] = [...packages].find(([one]) => setWith([one]) === set) ?? [];
    return name && token ? `imports ${name} (${at(tokens.place(token))})` : `needs ${set}, with which its host trains`;
  };
  return refuse(
    'imports',
    `The module ${named('jax')} and ${named('torch')}; no set of packages has both. Write it with one of them.`,
  );
}
