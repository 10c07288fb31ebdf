import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect, it } from 'vitest';
import { pytest, venvOf } from '../../../runner/doctor/system.ts';
import { projectDir } from '../../../runner/host/dist.ts';
import { findSet, packagesFolder } from '../../../runner/host/python/set-folder.ts';
import { requires } from '../../support/requires.ts';

/** pytest of its own environment, with the interpreter and the packages of the set. */
it.runIf(requires('python-numpy', 'pytest'))(
  'the package for defenses in Python passes its tests on the set numpy',
  () => {
    const set = findSet('numpy');
    if ('problem' in set) throw new Error(set.problem);
    const library = join(venvOf(pytest), 'lib');
    const ofPytest = readdirSync(library).map((python) => join(library, python, 'site-packages'));
    const path = [join(projectDir, 'runner/python'), packagesFolder('numpy'), ...ofPytest].join(delimiter);
    const { status, stdout } = spawnSync(
      set.executable,
      ['-B', '-m', 'pytest', '-q', '-p', 'no:cacheprovider', join(projectDir, 'tests/runner/python')],
      { encoding: 'utf8', env: { NODE_ENV: 'test', PYTHONPATH: path, OMP_NUM_THREADS: '1' }, timeout: 120_000 },
    );
    expect(stdout).toMatch(/\d+ passed in/);
    expect({ status, failed: /failed|error/.exec(stdout)?.[0] }, stdout).toEqual({ status: 0, failed: undefined });
  },
);
