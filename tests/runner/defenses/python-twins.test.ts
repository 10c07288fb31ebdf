import { spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { FilterDefense, Host, LabeledSet } from '../../../lib/contract/defense.ts';
import activationClustering from '../../../runner/defenses/modules/activation-clustering.ts';
import labelCleaning from '../../../runner/defenses/modules/label-cleaning.ts';
import spectralSignatures from '../../../runner/defenses/modules/spectral-signatures.ts';
import { projectDir } from '../../../runner/host/dist.ts';
import { findSet, packagesFolder } from '../../../runner/host/python/set-folder.ts';
import { rootOf } from '../../../runner/random/rng.ts';
import { openEngine, type Tf } from '../../../runner/train/tf.ts';
import { requires } from '../../support/requires.ts';

const [n, classes, width] = [600, 3, 6];

/**
 * Features around a center for each label; every fortieth row lies far off, and every thirtieth bears a wrong label.
 */
function rows() {
  const rng = rootOf('python twins');
  const y = Int32Array.from({ length: n }, (_, row) => row % classes);
  const isOutlier = (row: number) => row % 40 === 0;
  const isWrong = (row: number) => row % 30 === 1;
  const noise = rng.gaussians(n * width, 0.3);
  const features = Float32Array.from({ length: n * width }, (_, at) => {
    const [row, column] = [Math.floor(at / width), at % width];
    return noise[at]! + (column === y[row] ? 2 : 0) + (isOutlier(row) && column >= classes ? 5 : 0);
  });
  const doubt = rng.gaussians(n * classes, 0.5);
  const logits = Float32Array.from({ length: n * classes }, (_, at) => {
    const [row, label] = [Math.floor(at / classes), at % classes];
    const seen = (y[row]! + Number(isWrong(row) || isOutlier(row))) % classes;
    return doubt[at]! + (label === seen ? 3 : 0);
  });
  return { y, features, logits, isOutlier, isWrong };
}

const { y, features, logits, isOutlier, isWrong } = rows();
const train: LabeledSet = { n, classes, shape: [1, 1, 1], scale: 255, x: new Uint8Array(n), y };

/** What the same filter in Python makes of the same features and logits. */
function inPython(id: string): number[] {
  const set = findSet('numpy');
  if ('problem' in set) throw new Error(set.problem);
  const { stdout, stderr } = spawnSync(
    set.executable,
    ['-B', join(projectDir, 'tests/support/run_baseline.py'), join(projectDir, `runner/defenses/python/${id}.py`)],
    {
      input: JSON.stringify({ y: [...y], classes, features: matrix(features, width), logits: matrix(logits, classes) }),
      encoding: 'utf8',
      env: {
        NODE_ENV: 'test',
        OMP_NUM_THREADS: '1',
        PYTHONPATH: [join(projectDir, 'runner/python'), packagesFolder('numpy')].join(delimiter),
      },
    },
  );
  expect(stdout, stderr).not.toBe('');
  return JSON.parse(stdout);
}

const matrix = (values: Float32Array, columns: number) =>
  Array.from({ length: values.length / columns }, (_, row) => [...values.subarray(row * columns, (row + 1) * columns)]);

const leftOut = (weights: ArrayLike<number>) =>
  Array.from(weights).flatMap((weight, row) => (weight === 0 ? [row] : []));

describe.runIf(requires('python-numpy'))('a filter in Python and its twin in JavaScript', () => {
  let tf: Tf;
  beforeAll(async () => {
    ({ tf } = await openEngine('wasm'));
  });

  const inJavaScript = (defense: FilterDefense) => {
    const rng = rootOf('twin');
    const host: Host = {
      tf,
      fit: async () => [],
      features: () => features,
      logits: () => logits,
      random: () => rng.uniform(),
      log: () => {},
    };
    return defense.filter(train, host);
  };

  test.each([
    ['spectral-signatures', spectralSignatures],
    ['activation-clustering', activationClustering],
    ['label-cleaning', labelCleaning],
  ])('%s: the same rows are left out, and some are', async (id, defense) => {
    const ours = leftOut(await inJavaScript(defense));
    expect(leftOut(inPython(id))).toEqual(ours);
    expect(ours.length).toBeGreaterThan(5);
  });

  test('activation clustering leaves out the rows that lie far off and are called something else', () => {
    expect(leftOut(inPython('activation-clustering'))).toEqual([...y.keys()].filter(isOutlier));
  });

  test('label cleaning finds many wrong labels, and no row whose label is right', () => {
    const out = leftOut(inPython('label-cleaning'));
    expect(out.filter((row) => !isWrong(row) && !isOutlier(row))).toEqual([]);
    const wrong = [...y.keys()].filter(isWrong);
    expect(wrong.filter((row) => out.includes(row)).length).toBeGreaterThan(0.4 * wrong.length);
  });

  test('EPIC, which has no twin, leaves out few rows, and most of them with a gradient of their own', () => {
    const out = leftOut(inPython('epic'));
    expect(out.length).toBeLessThan(0.3 * n);
    const odd = out.filter((row) => isWrong(row) || isOutlier(row)).length;
    expect(odd / out.length).toBeGreaterThan((1 / 40 + 1 / 30) * 1.5);
  });
});
