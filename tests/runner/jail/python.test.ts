import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { DefenseKind } from '../../../lib/contract/ids.ts';
import { DefenseFailed } from '../../../runner/errors.ts';
import { projectDir } from '../../../runner/host/dist.ts';
import { pythonGuest } from '../../../runner/jail/guests/python.ts';
import { jailOf } from '../../../runner/jail/index.ts';
import { defaultLimits, type JailKind } from '../../../runner/jail/jail.ts';
import { weighedRowsFrom, weightsFrom } from '../../../runner/jail/outcome.ts';
import { built } from '../../support/built.ts';
import { requires } from '../../support/requires.ts';
import { runIn } from './run-in.ts';
import { tinyJob, tinyModel } from './tiny-job.ts';

const limits = { ...defaultLimits, seconds: 30, memoryBytes: 512 * 2 ** 20, outBytes: 2 ** 20 };
const fixture = (name: string) => readFileSync(new URL(`../../fixtures/python/${name}.py`, import.meta.url), 'utf8');

const run = async (code: string, kind: DefenseKind, jail: JailKind = 'bubblewrap') => {
  const { job, remove } = tinyJob({ code, language: 'python' }, kind);
  return runIn(jailOf(jail, pythonGuest('numpy')), { job, backend: 'wasm', limits }).finally(remove);
};

/** Why a module in Python left nothing to score. */
const failure = async (code: string, kind: DefenseKind): Promise<string> => {
  const ran = await run(code, kind);
  try {
    if (kind === 'filter') weighedRowsFrom(ran, limits, 300);
    else weightsFrom(ran, limits, tinyModel);
  } catch (error) {
    if (error instanceof DefenseFailed) return `${error.reason}: ${error.detail}`;
    throw error;
  }
  return 'scored';
};

describe.runIf(requires('bubblewrap', 'python-numpy'))('the guest in Python', () => {
  beforeAll(built);

  test.each(['bubblewrap', 'none'] as const)('weighs the rows of a filter, the same twice (%s)', async (jail) => {
    const [one, two] = await Promise.all([
      run(fixture('filter'), 'filter', jail),
      run(fixture('filter'), 'filter', jail),
    ]);
    const weights = weighedRowsFrom(one, limits, 300);
    expect([...weights.keys()].filter((row) => weights[row] === 0)).toEqual(
      Array.from({ length: 30 }, (_, i) => 10 * i),
    );
    expect(two.out).toEqual(one.out);
    expect(one).toMatchObject({ end: 'exited', exitCode: 0, ready: true, log: '' });
  });

  test('at home the same variables decide the last bits', () => {
    const text = readFileSync(join(projectDir, 'runner/python/antidote_host/at_home/guest_process.py'), 'utf8');
    const own = [...text.matchAll(/^ {4}"(\w+)": "(.*)",$/gm)].map(([, name, value]) => [name, value]);
    const { HOME: _h, USER: _u, LANG: _l, ATEN_CPU_CAPABILITY: _a, ...decide } = pythonGuest('numpy').environment;
    expect(Object.fromEntries(own)).toEqual(decide);
  });

  test('what train returns is written as it is, also where its arrays lie transposed', async () => {
    const ran = await run(
      `import numpy as np
def train(task, host):
    kernel = np.arange(48, dtype=np.float64).reshape(3, 16).T
    return {"dense0/bias": np.zeros(3), "dense0/kernel": kernel}
`,
      'train',
    );
    const [weights] = weightsFrom(ran, limits, tinyModel);
    const kernel = weights!.find(({ name }) => name === 'dense0/kernel')!;
    expect([...kernel.data.subarray(0, 6)]).toEqual([0, 16, 32, 1, 17, 33]);
  });

  test('several sets of weights are an ensemble', async () => {
    const code = `${fixture('train')}\nalone = train\ndef train(task, host):\n    return [alone(task, host), alone(task, host)]\n`;
    expect(weightsFrom(await run(code, 'train'), limits, tinyModel)).toHaveLength(2);
  });

  test.each([
    [
      'a row too few',
      'filter',
      'return [1] * 299',
      'bad-output: filter returned an array of shape (299,); (300,) is wanted (module.py',
    ],
    ['nothing', 'filter', 'return None', 'bad-output: filter did not return an array of numbers but nothing.'],
    [
      'a weight of 2',
      'filter',
      'return [2] * 300',
      'bad-output: filter gave row 0 the weight 2.0, which is not in [0, 1].',
    ],
    ['NaN', 'filter', 'return [float("nan")] * 300', 'not-finite: filter gave row 0 the weight nan.'],
    ['no row', 'filter', 'return [0] * 300', 'bad-output: filter left no row.'],
    [
      'an error',
      'filter',
      'return 1 / 0',
      'threw: The module threw ZeroDivisionError: division by zero (module.py:2).',
    ],
    [
      'sys.exit',
      'filter',
      'import sys; sys.exit(0)',
      'threw: The module ended its process with sys.exit (module.py:2).',
    ],
    ['os._exit', 'filter', 'import os; os._exit(0)', 'bad-output: The module left no row-weights.npy.'],
    [
      'an import of what is not there',
      'filter',
      'import torch',
      "blocked-import: The module imports what its set of packages lacks: No module named 'torch' (module.py:2).",
    ],
    [
      'no Python',
      'filter',
      'return (',
      "not-a-defense: The module is not valid Python: '(' was never closed (module.py:2).",
    ],
    [
      'fork',
      'filter',
      'import os; os.fork()',
      'threw: The module starts a process (fork, subprocess, multiprocessing); a defense has one process, and may use threads (module.py:2).',
    ],
    ['a subprocess', 'filter', 'import subprocess; subprocess.run(["ls"])', 'threw: The module starts a process'],
    [
      'a pool of processes',
      'filter',
      'import concurrent.futures as f; f.ProcessPoolExecutor(1).submit(int).result()',
      'threw: The module asks for semaphores or memory',
    ],
    [
      'a pool of multiprocessing',
      'filter',
      'import multiprocessing as m; m.Pool(2)',
      'threw: The module asks for semaphores or memory',
    ],
    [
      'memory that processes share',
      'filter',
      'from multiprocessing import shared_memory as s; s.SharedMemory(create=True, size=10)',
      'threw: The module asks for semaphores or memory',
    ],
    [
      'a file that is not there, read by a thread of a pool',
      'filter',
      'import concurrent.futures as f; f.ThreadPoolExecutor(1).submit(open, "/tmp/none").result()',
      'threw: The module threw FileNotFoundError: [Errno 2] No such file or directory',
    ],
    ['a socket', 'filter', 'import socket; socket.socket()', 'threw: The module opens a socket'],
    ['an event loop', 'filter', 'import asyncio; asyncio.run(asyncio.sleep(0))', 'threw: The module opens a socket'],
    ['more memory than there is', 'filter', 'import numpy as np; np.ones(10 ** 8)', 'out-of-memory: '],
    [
      'a file larger than its room',
      'filter',
      'open("/tmp/x", "wb").write(bytes(65 * 2 ** 20))',
      'too-large: The module wrote more than its room holds',
    ],
    [
      'host.fit without PyTorch',
      'filter',
      'host.fit(train)',
      'threw: host.fit, host.model, host.logits and host.features',
    ],
    [
      'a name that the model lacks',
      'train',
      'return {"w": [1]}',
      "bad-output: The weights: the model has no array called 'w'.",
    ],
    ['no weights', 'train', 'return 5', 'bad-output: train returned a int; a model'],
  ] as const)('%s: one sentence, with the line', async (_, kind, body, words) => {
    const told = await failure(`def ${kind}(${kind === 'filter' ? 'train' : 'task'}, host):\n    ${body}\n`, kind);
    expect(told).toContain(words.replace(/ \(module\.py$/, ''));
    expect(told).toMatch(/^[a-z-]+: (?=.{1,200}$)\S.*[.…]$/);
  });
});
