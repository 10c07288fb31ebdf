import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { homeCommands } from '../../app/docs/python-commands.ts';
import { Report } from '../../lib/contract/report.ts';
import { Streams } from '../../lib/contract/task.ts';
import { projectDir } from '../../runner/host/dist.ts';
import { dataPath } from '../../runner/host/places.ts';
import { findSet, packagesFolder } from '../../runner/host/python/set-folder.ts';
import { pythonGuest } from '../../runner/jail/guests/python.ts';
import { jailOf } from '../../runner/jail/index.ts';
import { defaultLimits } from '../../runner/jail/jail.ts';
import { forkedStreams } from '../../runner/random/rng.ts';
import { built } from '../support/built.ts';
import { antidote } from '../support/command-line.ts';
import { requires } from '../support/requires.ts';

const folder = mkdtempSync(join(tmpdir(), 'antidote-at-home-'));
afterAll(() => rmSync(folder, { recursive: true }));
const jobs = join(folder, 'jobs of smoke-2');
const data = () => ({ ANTIDOTE_DATA: dataPath() });

/** Python as one who has no Node calls it, with the packages of the set torch. */
function python(...words: string[]): string {
  const set = findSet('torch');
  if ('problem' in set) throw new Error(set.problem);
  const path = [join(projectDir, 'runner/python'), packagesFolder('torch')].join(delimiter);
  const env = { NODE_ENV: 'test', PYTHONPATH: path } as const;
  const { status, stdout, stderr } = spawnSync(set.executable, ['-B', ...words], {
    encoding: 'utf8',
    cwd: folder,
    env,
  });
  expect(status, stderr).toBe(0);
  return stdout;
}
const atHome = (...words: string[]) => python('-m', 'antidote_host', ...words);

/** The same number to 1e-6, or the same null. */
const near = (value: number | null) => (value === null ? null : expect.closeTo(value, 6));

const hanging = { timeout: 1_200_000 };

describe.runIf(requires('bubblewrap', 'python-torch', 'fashion-mnist'))(
  'a defense that is run at home',
  hanging,
  () => {
    beforeAll(async () => {
      built();
      const chosen = ['--seeds', '1', '--scenario', 'class-swap-lr', '--with-truth'];
      const words = ['suite', 'export-jobs', 'smoke-2', '--out', jobs, ...chosen];
      expect(await antidote(words, data())).toMatchObject({ code: 0 });
    });

    /** That these results, and `evaluate` of the same module, have the same numbers. */
    async function expectNumbersOfEvaluate(results: string, module: string, scenario: string) {
      const home = JSON.parse(atHome('score', results, '--json'));
      const report = join(folder, `${results}.json`);
      const words = ['evaluate', module, '--suite', 'smoke-2', '--seeds', '1', '--scenario', scenario];
      expect(await antidote([...words, '--json', report], data())).toMatchObject({ code: 0 });
      const { trials, scores } = Report.parse(JSON.parse(readFileSync(report, 'utf8')));
      const numbers = ({ cleanAccuracy, robustAccuracy, attackSuccess }: (typeof trials)[0]) => ({
        clean_accuracy: near(cleanAccuracy),
        robust_accuracy: near(robustAccuracy),
        attack_success: near(attackSuccess),
      });
      expect(home.trials).toEqual(
        trials.map((trial) =>
          expect.objectContaining({ scenario: trial.scenario, budget: trial.budget, ...numbers(trial) }),
        ),
      );
      expect(home.robustness[scenario]).toEqual(near(scores.scenarios[scenario]!.value));
    }

    test('by the commands of the documentation, as printed, has the P and ρ that evaluate gives it, to 1e-6: a train', async () => {
      const [exports, pip, ...rest] = homeCommands.split('\n').map((line) => line.split(' '));
      expect(exports!.slice(0, 2)).toEqual(['npx', 'antidote']);
      expect(await antidote(exports!.slice(2), data(), folder)).toMatchObject({ code: 0 });
      expect(pip).toEqual(['pip', 'install', './runner/python', 'torch']);
      const loop = join(folder, 'loop.py');
      copyFileSync(join(projectDir, 'runner/python/examples/loop.py'), loop);
      const said = rest.map(([, ...words]) => python(...words));
      expect(said).toEqual([
        expect.stringContaining('2 jobs done'),
        expect.stringMatching(/^badnets-mlp-128 +backdoor +1 +0\.8\d+ +0\.\d+ +0\.0\d+ +-?0\.\d+$/m),
      ]);
      await expectNumbersOfEvaluate('loop.results', loop, 'badnets-mlp-128');
    });

    test('has the P and ρ that evaluate gives it, to 1e-6: a shape', async () => {
      const module = join(projectDir, 'runner/python/examples/shape.py');
      atHome('run', module, '--job', jobs, '--out', 'shape');
      await expectNumbersOfEvaluate('shape', module, 'class-swap-lr');
    });

    test('as a script of PyTorch does what the documentation says of it', () => {
      copyFileSync(join(projectDir, 'runner/python/examples/script.py'), join(folder, 'script.py'));
      const rows = (n: number) => `(torch.rand(${n}, 1, 28, 28), torch.randint(10, (${n},)))`;
      python('-c', `import torch; torch.save(${rows(600)}, "train.pt"); torch.save(${rows(50)}, "test.pt")`);
      expect(python('script.py')).toMatch(/^accuracy 0\.\d+\n$/);
    });

    test('weighs the rows as in the jail, to the bit, whatever it draws from', async () => {
      const code = `import random
import numpy as np

def filter(train, host):
    own = np.random.default_rng(host.seed("mine")).uniform(size=train.n)
    bright = train.x.reshape(train.n, -1).mean(1, dtype=np.float32) / 255
    return (own + np.random.uniform(size=train.n) + random.random() + bright).astype(np.float32) / 4
`;
      const name = 'class-swap-lr_0.4_seed-0';
      const file = join(folder, 'mine.py');
      writeFileSync(file, code);
      atHome('run', file, '--job', join(jobs, 'jobs', name), '--out', 'filter');
      const task = JSON.parse(readFileSync(join(jobs, 'jobs', name, 'task.json'), 'utf8'));
      const told = JSON.parse(readFileSync(join(jobs, 'streams', `${name}.json`), 'utf8'));
      const limits = { ...defaultLimits, seconds: 120 };
      const room = await jailOf('bubblewrap', pythonGuest('torch')).open({ backend: 'wasm', limits });
      try {
        for (const rows of ['x.npy', 'y.npy'])
          writeFileSync(join(room.job, rows), readFileSync(join(jobs, 'jobs', name, rows)));
        writeFileSync(join(room.job, 'task.json'), JSON.stringify({ ...task, kind: 'filter' }));
        writeFileSync(join(room.job, 'module.py'), code);
        const { out } = await room.run(limits.seconds, forkedStreams(Streams.parse(told.streams), 'filter'));
        if (!(out instanceof Map)) throw new Error('the jail left nothing');
        const home = readFileSync(join(folder, 'filter', name, 'row-weights.npy'));
        expect(home.equals(out.get('row-weights.npy') as Uint8Array)).toBe(true);
      } finally {
        await room.close();
      }
    });
  },
);
