import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect } from 'vitest';
import type { PythonSet } from '../../lib/contract/runtime.ts';
import { pytest, venvOf } from '../../runner/doctor/system.ts';
import { projectDir } from '../../runner/host/dist.ts';
import { findSet, packagesFolder } from '../../runner/host/python/set-folder.ts';

/** The tests in Python of a folder pass: pytest of its own environment, interpreter and packages of the set. */
export function passesPytest(folder: string, name: PythonSet): void {
  const set = findSet(name);
  if ('problem' in set) throw new Error(set.problem);
  const library = join(venvOf(pytest), 'lib');
  const ofPytest = readdirSync(library).map((python) => join(library, python, 'site-packages'));
  const path = [join(projectDir, 'runner/python'), packagesFolder(name), ...ofPytest].join(delimiter);
  const { status, stdout } = spawnSync(
    set.executable,
    ['-B', '-m', 'pytest', '-q', '-p', 'no:cacheprovider', join(projectDir, folder)],
    { encoding: 'utf8', env: { NODE_ENV: 'test', PYTHONPATH: path, OMP_NUM_THREADS: '1' }, timeout: 1_000_000 },
  );
  expect(stdout).toMatch(/\d+ passed/);
  expect(status, stdout).toBe(0);
}
