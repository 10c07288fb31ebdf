import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { env, searchPath } from '../host/env.ts';

/**
 * The first of these programs that the machine has, as a path, or null. `folders` are looked into after those of PATH.
 */
function programPath(names: readonly string[], folders: readonly string[] = []): string | null {
  for (const folder of [...searchPath(), ...folders])
    for (const name of names) {
      const path = join(folder, name);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {}
    }
  return null;
}

export const chromiumPath = () =>
  programPath(['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']);

/**
 * The folder of PostgreSQL's server programs, the newest where there are several, or null. Debian keeps them off the
 * PATH.
 */
export function postgresPath(): string | null {
  const versions = existsSync(postgresFolder) ? readdirSync(postgresFolder).sort((a, b) => Number(b) - Number(a)) : [];
  const initdb = programPath(
    ['initdb'],
    versions.map((version) => join(postgresFolder, version, 'bin')),
  );
  return initdb === null ? null : dirname(initdb);
}
const postgresFolder = '/usr/lib/postgresql';

/** Why bubblewrap can make no sandbox here, or null: it is tried. */
export function bubblewrapProblem(): string | null {
  if (process.platform !== 'linux') return `bubblewrap runs on Linux only, and this is ${process.platform}`;
  if (!programPath(['bwrap'])) return 'bwrap is not installed';
  const sandbox = [
    '--unshare-all',
    '--unshare-user',
    '--disable-userns',
    '--cap-drop',
    'ALL',
    '--ro-bind',
    '/',
    '/',
    '--dev',
    '/dev',
  ];
  const { status, stderr } = spawnSync('bwrap', [...sandbox, 'true'], { timeout: 10_000, encoding: 'utf8' });
  return status === 0 ? null : `bwrap can't make a sandbox (${stderr?.trim().split('\n')[0] || `exit ${status}`})`;
}

/** Why gVisor can make no sandbox here, or null: it is tried. */
export function gvisorProblem(): string | null {
  if (process.platform !== 'linux') return `gVisor runs on Linux only, and this is ${process.platform}`;
  if (!programPath(['runsc'])) return 'runsc is not installed';
  const sandbox = ['--user', '--map-root-user', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'];
  const runsc = ['runsc', '--rootless', '--network=none', '--ignore-cgroups', 'do', 'true'];
  const { status, stderr } = spawnSync('unshare', [...sandbox, ...runsc], { timeout: 120_000, encoding: 'utf8' });
  return status === 0 ? null : `runsc can't make a sandbox (${stderr?.trim().split('\n')[0] || `exit ${status}`})`;
}

/** Whether the native engine has been made; that it computes is for the engine's own door to say. */
export const nativeEngineMade = () => existsSync(join(cacheFolder(), 'engine/engine.json'));

const cacheFolder = () => join(env().XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'antidote');

/** MLCommons' own reader of Croissant metadata, as pip knows it. */
export const mlcroissant = 'mlcroissant==1.1.1';
/** Asks a site what its OpenAPI document allows, and what it does not; MIT. */
export const schemathesis = 'schemathesis==4.32.5';

/** Runs the tests of the package for defenses in Python; MIT. */
export const pytest = 'pytest==9.2.0';

/** A virtual environment with that program and what it needs. */
export const venvOf = (program: string) => join(cacheFolder(), program.replace(/==.*/, ''));

/** The Python of its virtual environment, where that has this very version; or null. */
export function pythonOf(program: string): string | null {
  const python = join(venvOf(program), 'bin/python');
  const [name] = program.split('==');
  const version = `import importlib.metadata as of; print('${name}==' + of.version('${name}'))`;
  return existsSync(python) &&
    spawnSync(python, ['-c', version], { encoding: 'utf8', timeout: 120_000 }).stdout.trim() === program
    ? python
    : null;
}

/** A Python that has NumPy, or null: the system's own has what Debian packages, whatever stands first on the PATH. */
export const numpyPython = () =>
  ['python3', '/usr/bin/python3'].find(
    (python) => spawnSync(python, ['-c', 'import numpy'], { timeout: 120_000 }).status === 0,
  ) ?? null;

const pythonProblem = () => (programPath(['python3']) ? null : 'python3 is not installed');
export const pipProblem = () =>
  pythonProblem() ??
  (spawnSync('python3', ['-m', 'pip', '--version'], { timeout: 120_000 }).status === 0 ? null : 'python3 has no pip');
export const venvProblem = () =>
  pythonProblem() ??
  (spawnSync('python3', ['-c', 'import ensurepip'], { timeout: 120_000 }).status === 0 ? null : 'python3 has no venv');
export const compilerProblem = () => (programPath(['g++']) ? null : 'g++ is not installed');

/** Whether missing packages may be installed here without asking: as root, where apt-get is. */
export const mayInstall = () => process.getuid?.() === 0 && programPath(['apt-get']) !== null;
