import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { pytest } from '../../runner/doctor/system.ts';
import { projectDir } from '../../runner/host/dist.ts';
import { findPython, wantedPython } from '../../runner/host/python/find-python.ts';
import { packagesFolder } from '../../runner/host/python/set-folder.ts';
import { requires } from '../support/requires.ts';

const folder = mkdtempSync(join(tmpdir(), 'antidote-python-'));
afterAll(() => rmSync(folder, { recursive: true }));
const source = join(projectDir, 'runner/python');

/** A virtual environment with these packages; its Python. */
function environmentWith(name: string, packages: readonly string[]): string {
  const found = findPython();
  if (!found) throw new Error(`${wantedPython} is wanted`);
  execFileSync(found.executable, ['-m', 'venv', join(folder, name)]);
  const python = join(folder, name, 'bin/python');
  execFileSync(python, ['-m', 'pip', 'install', '--quiet', ...packages], { stdio: 'pipe' });
  return python;
}

const run = (python: string, words: readonly string[]) => {
  const env = { ...process.env, PYTHONPATH: source, PYTHONDONTWRITEBYTECODE: '1' };
  const { status, stdout, stderr } = spawnSync(python, words, { cwd: source, encoding: 'utf8', env });
  return { status, said: `${stdout}${stderr}` };
};

describe.each([
  ['the oldest', 'numpy==1.26.4', 'safetensors==0.4.3'],
  ['the newest', 'numpy<3', 'safetensors<1'],
])('on %s NumPy that it supports', (name, ...packages) => {
  it('the package passes its tests', () => {
    const python = environmentWith(name.replaceAll(' ', '-'), [pytest, ...packages]);
    const { status, said } = run(python, [
      '-m',
      'pytest',
      '-q',
      '-p',
      'no:cacheprovider',
      join(projectDir, 'tests/runner/python'),
    ]);
    expect(said).toMatch(/\d+ passed in/);
    expect(status, said).toBe(0);
  });
});

describe('its types', () => {
  const checkers = ['mypy==2.4.1', 'pyright==1.1.414'];
  const mypyPasses = (own: string) => {
    const mypy = run(own, ['-m', 'mypy', '--cache-dir', join(folder, 'mypy')]);
    expect(mypy.status, mypy.said).toBe(0);
  };

  it.runIf(requires('python-torch'))('hold by mypy, strict, also with the types of PyTorch', () => {
    const own = environmentWith('types-with-torch', checkers);
    const [library] = readdirSync(join(own, '../../lib'));
    writeFileSync(join(own, '../../lib', library!, 'site-packages/set.pth'), packagesFolder('torch'));
    mypyPasses(own);
  });

  it('hold by mypy, strict, and by pyright', () => {
    const own = environmentWith('types', [...checkers, 'numpy==2.4.6', 'safetensors==0.8.0']);
    mypyPasses(own);
    const pyright = run(own, ['-m', 'pyright', '--pythonpath', own]);
    expect(pyright.status, pyright.said).toBe(0);
  });
});

it('it is installed as a package, with its types', () => {
  const python = environmentWith('installed', [source]);
  const look =
    'import antidote_host, os; print(os.path.exists(os.path.join(antidote_host.__path__[0], "py.typed")), antidote_host.__file__)';
  const { stdout } = spawnSync(python, ['-c', look], { cwd: folder, encoding: 'utf8' });
  expect(stdout).toMatch(/^True .*\/site-packages\//);
});
