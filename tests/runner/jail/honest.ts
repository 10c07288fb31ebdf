import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { DefenseKind } from '../../../lib/contract/ids.ts';
import { baselines } from '../../../runner/defenses/index.ts';
import { projectDir } from '../../../runner/host/dist.ts';
import { pythonGuest } from '../../../runner/jail/guests/python.ts';
import { jailOf } from '../../../runner/jail/index.ts';
import { defaultLimits, type RealJail } from '../../../runner/jail/jail.ts';
import { epochsFrom, weighedRowsFrom, weightsFrom } from '../../../runner/jail/outcome.ts';
import { built } from '../../support/built.ts';
import { requires } from '../../support/requires.ts';
import { runIn } from './run-in.ts';
import { tinyCnn, tinyJob, tinyModel } from './tiny-job.ts';

const limits = { ...defaultLimits, seconds: 60, memoryBytes: 2 ** 30, outBytes: 2 ** 24 };
const backends = requires('native-engine') ? (['wasm', 'tensorflow'] as const) : (['wasm'] as const);

const examples = join(projectDir, 'runner/defenses/examples');
const ours = [
  ...baselines.flatMap(({ id, kind, code }) => (kind === 'control' ? [] : [[id, kind, code] as const])),
  ...readdirSync(examples).map((file) => {
    const kind = file.replace('.mjs', '') as DefenseKind;
    return [`the example of a ${kind}`, kind, readFileSync(join(examples, file), 'utf8')] as const;
  }),
];

/** Whatever an honest module is free to use. */
const others: [string, DefenseKind, string][] = [
  ['an ensemble', 'train', 'train: async ({ train }, host) => [await host.fit(train), await host.fit(train)]'],
  [
    'one that waits, logs and formats',
    'filter',
    `async filter({ n }, host) {
    await new Promise((done) => setTimeout(done, 50));
    host.log(new Intl.NumberFormat('de').format(1e6), new Date(), new Error('not thrown').stack.length, Math.random());
    return new Float32Array(n).fill(structuredClone(1));
  }`,
  ],
  [
    'one with shared memory and WebAssembly',
    'filter',
    `async filter({ n }) {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 4096, shared: true });
    memory.grow(1000);
    await WebAssembly.compile(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
    Atomics.wait(new Int32Array(memory.buffer), 0, 0, 20);
    return new Float32Array(n).fill(1);
  }`,
  ],
  [
    'one that fills a gigabyte of garbage',
    'filter',
    `filter({ n }) {
    for (let i = 0; i < 200; i++) new Float64Array(650_000).fill(i);
    let list = null;
    for (let i = 0; i < 3e6; i++) list = i % 1e5 ? { list, text: 'x' + i } : null;
    return new Float32Array(n).fill(list === 0 ? 0 : 1);
  }`,
  ],
];

/** Whatever an honest module in Python is free to use. */
const inPython: [string, DefenseKind, string][] = [
  ...(['filter', 'train'] as const).map((kind): [string, DefenseKind, string] => [
    `the example of a ${kind}`,
    kind,
    readFileSync(join(projectDir, `tests/fixtures/python/${kind}.py`), 'utf8'),
  ]),
  [
    'the filter of the documentation',
    'filter',
    readFileSync(join(projectDir, 'runner/python/examples/filter.py'), 'utf8'),
  ],
  [
    'one with scikit-learn and SciPy',
    'filter',
    `import numpy as np
from scipy import linalg, stats
from sklearn.cluster import KMeans
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import NearestNeighbors


def filter(train, host):
    x = train.x.reshape(train.n, -1) / train.scale
    linalg.svd(x, full_matrices=False)
    KMeans(2, n_init=1).fit(x)
    LogisticRegression(max_iter=20).fit(x, train.y)
    NearestNeighbors(n_neighbors=3).fit(x).kneighbors(x)
    return (stats.zscore(x.sum(axis=1)) < 3).astype(np.float32)
`,
  ],
  [
    'one with threads, clocks, files and warnings',
    'filter',
    `import gc, json, os, tempfile, threading, time, warnings
from concurrent.futures import ThreadPoolExecutor

import numpy as np


def filter(train, host):
    with ThreadPoolExecutor(3) as pool:
        sums = list(pool.map(lambda row: int(row.sum()), train.x[:10]))
    lock, done = threading.Lock(), threading.Event()
    threading.Timer(0.01, done.set).start()
    done.wait()
    with tempfile.TemporaryDirectory() as folder, lock:
        path = os.path.join(folder, "a.npy")
        np.save(path, train.x)
        back = np.load(path, mmap_mode="r")
        os.rename(path, path + ".old")
        os.listdir(folder), os.stat(folder)
    warnings.warn("a warning")
    time.sleep(0.01), time.perf_counter(), gc.collect(), os.cpu_count(), os.urandom(8)
    host.log(json.dumps(sums), back.shape, host.seed("a"))
    return np.ones(train.n)
`,
  ],
];

/** Every honest module trains in this jail. What the guests call here is what they may call. */
export const honestModules = (jail: RealJail) => {
  beforeAll(built);

  describe.runIf(requires('python-numpy'))('in Python', () => {
    test.each(inPython)('%s (a %s) does its work', async (_, kind, code) => {
      const { job, remove } = tinyJob({ code, language: 'python' }, kind);
      const ran = await runIn(jailOf(jail, pythonGuest('numpy')), { job, backend: 'wasm', limits }).finally(remove);
      if (kind === 'filter') expect(weighedRowsFrom(ran, limits, 300).length).toBe(300);
      else expect(weightsFrom(ran, limits, tinyModel).length).toBeGreaterThan(0);
      expect(ran.log).not.toMatch(/EPERM|ENOSYS|Error|not permitted/);
    });
  });

  describe.each(backends)('on %s', (backend) => {
    const run = async (code: string, kind: DefenseKind, model = tinyModel, epochs = false) => {
      const { job, remove } = tinyJob({ code }, kind, model, epochs);
      return runIn(jailOf(jail), { job, backend, limits }).finally(remove);
    };

    test.each([
      ...ours,
      ...others.map(([name, kind, method]) => [name, kind, `export default { ${method} };`] as const),
    ])('%s (a %s) trains', async (_, kind, code) => {
      const { log, ...ran } = await run(code, kind);
      expect(weightsFrom({ ...ran, log }, limits, tinyModel).length).toBeGreaterThan(0);
      expect(log).not.toMatch(/EPERM|ENOSYS|[Ee]rror/);
    });

    test('a network of convolutions trains, and its epochs are left', async () => {
      const code = ours.find(([id]) => id === 'none')![2];
      const ran = await run(code, 'shape', tinyCnn, true);
      expect(weightsFrom(ran, limits, tinyCnn)).toHaveLength(1);
      expect(epochsFrom(ran, tinyCnn)).toHaveLength(3);
    });
  });
};
