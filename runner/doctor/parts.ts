import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PythonSet } from '../../lib/contract/runtime.ts';
import { env } from '../host/env.ts';
import { namespacesFix } from '../host/namespaces.ts';
import { setProblem } from '../host/python/set-folder.ts';
import { packagesOf } from './packages.ts';
import {
  bubblewrapProblem,
  chromiumPath,
  compilerProblem,
  gvisorProblem,
  mlcroissant,
  nativeEngineMade,
  numpyPython,
  pipProblem,
  postgresPath,
  pytest,
  pythonOf,
  schemathesis,
  venvOf,
  venvProblem,
} from './system.ts';

/** Something of the machine that a part of Antidote needs. */
export type Part = {
  readonly id: PartId;
  readonly title: string;
  /** What goes without it. */
  readonly for: string;
  /** Why it can't be used here, or null. Tried, not guessed. */
  problem(): string | null;
  /** Debian packages that bring it. */
  readonly packages: readonly string[];
  /** Makes it, in the user's own cache, once its packages are there. */
  readonly make?: string;
  /** What mends it where packages don't. */
  readonly otherwise?: string;
};

export type PartId =
  | 'bubblewrap'
  | 'gvisor'
  | 'fashion-mnist'
  | 'compiler'
  | 'pip'
  | 'venv'
  | 'native-engine'
  | 'chromium'
  | 'postgresql'
  | 'numpy'
  | 'mlcroissant'
  | 'schemathesis'
  | 'pytest'
  | `python-${PythonSet}`;

const imagesFile = () => join(env().ANTIDOTE_DATA, 'datasets/fashion-mnist/train-images-idx3-ubyte');

/** A program of PyPI in a virtual environment of its own. */
function ofPip(program: string): Pick<Part, 'problem' | 'packages' | 'make'> {
  return {
    problem: () => (pythonOf(program) ? null : `${program} is not in ${venvOf(program)}`),
    packages: [],
    make: `python3 -m venv --clear ${venvOf(program)} && ${venvOf(program)}/bin/pip install --quiet ${program}`,
  };
}

/** What defenses in Python import. */
const pythonSet = (set: PythonSet): Part => ({
  id: `python-${set}`,
  title: `Python set ${set}`,
  for: `evaluating defenses in Python that import ${set}`,
  problem: () => setProblem(set),
  packages: packagesOf('pip'),
  make: `npx antidote python-env ${set}`,
});

export const parts: readonly Part[] = [
  {
    id: 'bubblewrap',
    title: 'bubblewrap',
    for: "the jail: evaluating strangers' modules",
    problem: bubblewrapProblem,
    packages: packagesOf('bubblewrap'),
    get otherwise() {
      return namespacesFix();
    },
  },
  {
    id: 'gvisor',
    title: 'gVisor',
    for: 'the jail in its place, with ANTIDOTE_JAIL=gvisor',
    problem: gvisorProblem,
    packages: packagesOf('gvisor'),
    get otherwise() {
      return namespacesFix();
    },
  },
  {
    id: 'fashion-mnist',
    title: 'FashionMNIST',
    for: 'every suite so far',
    problem: () => (existsSync(imagesFile()) ? null : `${imagesFile()} is not there`),
    packages: [],
    otherwise: 'npm start',
  },
  {
    id: 'pip',
    title: 'python3 with pip',
    for: 'installing the native engine',
    problem: pipProblem,
    packages: packagesOf('pip'),
  },
  {
    id: 'venv',
    title: 'python3 with venv',
    for: 'installing mlcroissant and schemathesis',
    problem: venvProblem,
    packages: packagesOf('venv'),
  },
  {
    id: 'compiler',
    title: 'g++',
    for: 'installing the native engine',
    problem: compilerProblem,
    packages: packagesOf('compiler'),
  },
  {
    id: 'native-engine',
    title: 'native engine',
    for: 'training three times faster',
    problem: () => (nativeEngineMade() ? null : 'it has not been made'),
    packages: [],
    make: 'npm run engine:native',
  },
  {
    id: 'chromium',
    title: 'Chromium',
    for: 'the browser tests',
    problem: () => (chromiumPath() ? null : 'no Chromium and no Chrome is installed'),
    packages: packagesOf('chromium'),
  },
  {
    id: 'postgresql',
    title: 'PostgreSQL server',
    for: 'the concurrency tests',
    problem: () => (postgresPath() ? null : 'initdb is not installed'),
    packages: packagesOf('postgresql'),
  },
  {
    id: 'numpy',
    title: 'NumPy',
    for: "the test that rebuilds a suite's training set from its README",
    problem: () => (numpyPython() ? null : 'no python3 here imports numpy'),
    packages: packagesOf('numpy'),
  },
  {
    id: 'mlcroissant',
    title: 'mlcroissant',
    for: "the test that validates a suite's Croissant metadata",
    ...ofPip(mlcroissant),
  },
  {
    id: 'schemathesis',
    title: 'schemathesis',
    for: 'the test that asks the site what its OpenAPI document allows',
    ...ofPip(schemathesis),
  },
  {
    id: 'pytest',
    title: 'pytest',
    for: 'the tests of the package for defenses in Python',
    ...ofPip(pytest),
  },
  ...PythonSet.options.map(pythonSet),
];

export function partNamed(id: PartId): Part {
  const part = parts.find((known) => known.id === id);
  if (!part) throw new RangeError(`partNamed: id=${id}, want one of ${parts.map((known) => known.id).join(', ')}`);
  return part;
}

/** The command that mends it. */
export const mendOf = ({ packages, make, otherwise }: Part) =>
  [packages.length > 0 ? `apt-get install ${packages.join(' ')}` : null, make ?? otherwise ?? null]
    .filter((text) => text !== null)
    .join('; if that is not enough, ');
