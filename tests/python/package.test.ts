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

/** Against hanging. The type checkers took four minutes on busy cores. */
const hanging = { timeout: 1_200_000 };

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
  it('the package passes its tests', hanging, () => {
    const python = environmentWith(name.replaceAll(' ', '-'), [pytest, ...packages]);
    const { status, said } = run(python, [
      '-m',
      'pytest',
      '-q',
      '-p',
      'no:cacheprovider',
      join(projectDir, 'tests/runner/python'),
    ]);
    expect(said).toMatch(/\d+ passed/);
    expect(status, said).toBe(0);
  });
});

it.runIf(requires('python-torch'))(
  'its types and those of the examples hold by mypy, strict, and by pyright, with the types of PyTorch',
  hanging,
  () => {
    const own = environmentWith('types', ['mypy==2.4.1', 'pyright==1.1.414']);
    const [library] = readdirSync(join(own, '../../lib'));
    writeFileSync(join(own, '../../lib', library!, 'site-packages/set.pth'), packagesFolder('torch'));
    for (const words of [
      ['mypy', '--cache-dir', join(folder, 'mypy')],
      ['pyright', '--pythonpath', own],
    ]) {
      const { status, said } = run(own, ['-m', ...words]);
      expect(status, said).toBe(0);
    }
  },
);

it('it is installed as a package, with its types and its command', hanging, () => {
  const python = environmentWith('installed', [source]);
  const env = { NODE_ENV: 'test' } as const;
  const look =
    'import antidote_host, os; print(os.path.exists(os.path.join(antidote_host.__path__[0], "py.typed")), antidote_host.__file__)';
  const { stdout } = spawnSync(python, ['-c', look], { cwd: folder, encoding: 'utf8', env });
  expect(stdout).toMatch(/^True .*\/site-packages\//);
  for (const words of [[python, '-m', 'antidote_host'], [join(python, '../antidote-host')]]) {
    const help = spawnSync(words[0]!, [...words.slice(1), 'run', '--help'], { cwd: folder, encoding: 'utf8', env });
    expect(help.stdout).toContain('--job <folder>');
  }
});
