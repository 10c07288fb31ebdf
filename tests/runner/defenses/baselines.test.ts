import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { BaselineId, referenceIds } from '../../../lib/catalog/baselines/index.ts';
import { core1 } from '../../../lib/catalog/suites/core-1.ts';
import { checkModule } from '../../../lib/contract/check.ts';
import { baselineNamed, baselines, firstBaselines } from '../../../runner/defenses/index.ts';
import { UsageError } from '../../../runner/errors.ts';
import { projectDir } from '../../../runner/host/dist.ts';
import { jailOf } from '../../../runner/jail/index.ts';
import { defaultLimits } from '../../../runner/jail/jail.ts';
import { weightsFrom } from '../../../runner/jail/outcome.ts';
import { streamsOf } from '../../../runner/random/rng.ts';
import { createTrainer } from '../../../runner/train/fit.ts';
import { openEngine } from '../../../runner/train/tf.ts';
import { built } from '../../support/built.ts';
import { runIn } from '../jail/run-in.ts';
import { tinyJob, tinyModel, tinySet } from '../jail/tiny-job.ts';

/** Of those that vote. */
const members: Partial<Record<BaselineId, number>> = { dpa: 50, 'finite-aggregation': 100 };
const limits = { ...defaultLimits, seconds: 20 };
const modules = baselines.flatMap((baseline) =>
  baseline.kind === 'control' ? [] : [{ ...baseline, kind: baseline.kind }],
);

async function weightsOf(code: string, kind: 'filter' | 'shape' | 'train') {
  const { job, remove } = tinyJob({ code }, kind);
  const run = await runIn(jailOf('none'), { job, backend: 'wasm', limits }).finally(remove);
  return weightsFrom(run, limits, tinyModel);
}

beforeAll(built);

describe('the registry of baselines', () => {
  test('has every id of the benchmark once, in its order, each with a name of its own', () => {
    expect(baselines.map(({ id }) => id)).toEqual(BaselineId.options);
    expect(new Set(baselines.map(({ name }) => name)).size).toBe(baselines.length);
  });

  test('a filter names its paper, and says where it takes a poison rate for granted', () => {
    const filters = baselines.filter(({ kind }) => kind === 'filter');
    expect(filters.filter(({ card }) => card.needsPoisonRate).map(({ id }) => id)).toEqual([
      'trimmed-loss',
      'sever',
      'spectral-signatures',
    ]);
    for (const { card } of filters) expect(card.paper).toMatch(/^https:\/\/arxiv\.org\/abs\//);
  });

  test('a fresh board begins with the six that bracket the others', () => {
    expect(firstBaselines.map(({ id }) => id)).toEqual([
      'none',
      'dp-sgd',
      'clip-only',
      'noise-only',
      'oracle-filter',
      'random-filter',
    ]);
  });

  test('a suite of the first version of the score waits for no row that came later', () => {
    const later = ['dp-sgd-k2', 'mixup', 'abl', 'label-cleaning', 'finite-aggregation'];
    expect(referenceIds(core1)).toHaveLength(18);
    expect(referenceIds(core1)).not.toEqual(expect.arrayContaining([later[0]]));
    expect(referenceIds({ rules: { hygiene: 2, scoring: 2 } })).toEqual(expect.arrayContaining(later));
  });

  test('an unknown name is a wrong call that names the known ones', () => {
    expect(baselineNamed('dp-sgd').id).toBe('dp-sgd');
    expect(() => baselineNamed('dpsgd')).toThrow(UsageError);
    expect(() => baselineNamed('dpsgd')).toThrow(/none, dp-sgd/);
  });

  test('a control has no code, but the words that stand for it', () => {
    expect(baselines.filter(({ kind }) => kind === 'control').map(({ code }) => code)).toEqual([
      'control:oracle-filter',
      'control:random-filter',
    ]);
  });
});

describe.each(modules)('baseline $id', ({ id, kind, code }) => {
  test('is a module that a stranger could upload', () => {
    expect(checkModule(code)).toMatchObject({ ok: true, kind });
  });

  test('trains', async () => {
    expect(await weightsOf(code, kind)).toHaveLength(members[id] ?? 1);
  });
});

test('none is plain training, to the last bit', async () => {
  const { tf } = await openEngine('wasm');
  const plain = await createTrainer({ tf, model: tinyModel, streams: streamsOf('tiny', 'lr', 0) }).fit(tinySet(0));
  expect(await weightsOf(baselineNamed('none').code, 'shape')).toEqual([plain]);
});

test('clipping and noise each change what is trained, and both together are neither', async () => {
  const [none, clip, noise, both] = await Promise.all(
    ['none', 'clip-only', 'noise-only', 'dp-sgd'].map((id) => weightsOf(baselineNamed(id).code, 'shape')),
  );
  for (const [a, b] of [
    [none, clip],
    [none, noise],
    [none, both],
    [clip, both],
    [noise, both],
  ])
    expect(a).not.toEqual(b);
});

describe('the examples of README and docs', () => {
  const folder = `${projectDir}/runner/defenses/examples`;

  test('are one of each kind', () => {
    expect(readdirSync(folder).sort()).toEqual(['filter.mjs', 'shape.mjs', 'train.mjs']);
  });

  test.each(['filter', 'shape', 'train'] as const)(
    '%s is short, passes the check and trains, as printed',
    async (kind) => {
      const code = readFileSync(`${folder}/${kind}.mjs`, 'utf8');
      expect(code.trim().split('\n').length).toBeLessThanOrEqual(17);
      expect(checkModule(code)).toMatchObject({ ok: true, kind });
      expect(await weightsOf(code, kind)).toHaveLength(1);
    },
  );
});
