import { z } from 'zod';
import { moduleByteLimit } from './card.ts';
import type { Backend, RowKind, UsualBackend } from './ids.ts';

/** The languages that a defense may be written in. */
export const LanguageId = z.enum(['javascript', 'python']);
export type LanguageId = z.infer<typeof LanguageId>;

export type Language = {
  readonly id: LanguageId;
  /** As people call it. */
  readonly label: string;
  /** Endings of a module's file, the usual one first. */
  readonly extensions: readonly [usual: string, ...others: string[]];
  /** What the module is called in its job folder and in the places of its errors. */
  readonly file: string;
  /** Of a module as it is downloaded. */
  readonly mediaType: string;
  /** The most bytes that a module may have. */
  readonly byteLimit: number;
};

/** Every language. Another one brings its line here, its runtimes below and a guest in `runner/jail/guests`. */
export const languages: Readonly<Record<LanguageId, Language>> = {
  javascript: {
    id: 'javascript',
    label: 'JavaScript',
    extensions: ['.mjs', '.js'],
    file: 'module.mjs',
    mediaType: 'text/javascript',
    byteLimit: moduleByteLimit,
  },
  python: {
    id: 'python',
    label: 'Python',
    extensions: ['.py'],
    file: 'module.py',
    mediaType: 'text/x-python',
    byteLimit: moduleByteLimit,
  },
};

/** The sets of packages that a defense in Python can ask for. Each is a lock file of `runner/python/sets`. */
export const PythonSet = z.enum(['numpy', 'jax', 'torch']);
export type PythonSet = z.infer<typeof PythonSet>;

type RuntimeFacts = {
  readonly language: LanguageId;
  /** Packages that its modules may import; null where they import nothing. */
  readonly set: PythonSet | null;
  /** What a shape or a train trains with: the suite's usual engine, or PyTorch. */
  readonly trainsWith: 'usual' | 'torch';
  /** Whether a runner has to offer it by its name, and a job to ask for it. Every runner runs JavaScript. */
  readonly isLabel: boolean;
};

const inPython = (set: PythonSet) => ({ language: 'python', set, trainsWith: 'torch', isLabel: true }) as const;

/** What a module runs in, a guest of the jail each. Another one brings its line here, and its guest. */
const runtimes = {
  javascript: { language: 'javascript', set: null, trainsWith: 'usual', isLabel: false },
  'python:numpy': inPython('numpy'),
  'python:jax': inPython('jax'),
  'python:torch': inPython('torch'),
} as const satisfies Record<string, RuntimeFacts>;

export type Runtime = keyof typeof runtimes;
export const Runtime = z.enum(Object.keys(runtimes) as [Runtime, ...Runtime[]]);

export const pythonRuntime = (set: PythonSet): Runtime => `python:${set}`;

/** The label by which a job asks for the runtime, if it needs one. */
export const labelsFor = (runtime: Runtime): readonly string[] => (runtimes[runtime].isLabel ? [runtime] : []);

/**
 * The engine that a defense's results name, and whose reference they are held against. A filter is trained by the usual
 * engine, whatever its language. What a module in Python trains, it trains with packages of Python: `torch`.
 */
export const engineOf = (runtime: Runtime, kind: RowKind, usual: UsualBackend): Backend =>
  (kind === 'shape' || kind === 'train') && runtimes[runtime].trainsWith === 'torch' ? 'torch' : usual;

/**
 * Whether the guest trains with the rows that a filter weighed. Else it leaves their weights, and the harness trains.
 */
export const trainsItsFilters = (runtime: Runtime): boolean => runtimes[runtime].trainsWith === 'usual';

/**
 * The engine that predicts for results of an engine: for PyTorch's wasm, which gives the same bits on every machine.
 */
export const predictorOf = (engine: Backend): UsualBackend => (engine === 'torch' ? 'wasm' : engine);

/** The set of packages of a runtime; null for JavaScript, which imports nothing. */
export const setOf = (runtime: Runtime): PythonSet | null => runtimes[runtime].set;

export const languageOf = (runtime: Runtime): Language => languages[runtimes[runtime].language];

/** The language of a file by its ending; null for one that is none of a module. */
export const languageOfFile = (name: string): Language | null =>
  Object.values(languages).find(({ extensions }) => extensions.some((ending) => name.endsWith(ending))) ?? null;
