import { spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { projectDir } from '../../runner/host/dist.ts';
import { findSet, packagesFolder } from '../../runner/host/python/set-folder.ts';

/**
 * The engine torch beside PyTorch's own loop and Opacus, on the set torch. Aims: a step of DP-SGD at least 1.5 times as
 * fast as Opacus' ghost clipping, a plain step within 1.15 times the bare loop's time.
 */
const seconds = 30;

const set = findSet('torch');
if ('problem' in set) throw new Error(set.problem);
const { status } = spawnSync(set.executable, ['-B', join(projectDir, 'tests/bench/python/steps.py'), `${seconds}`], {
  stdio: ['ignore', 'inherit', 'inherit'],
  env: {
    NODE_ENV: 'production',
    OMP_NUM_THREADS: '1',
    TORCHDYNAMO_DISABLE: '1',
    PYTHONPATH: [join(projectDir, 'runner/python'), packagesFolder('torch')].join(delimiter),
  },
});
process.exitCode = status ?? 1;
