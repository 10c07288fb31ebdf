import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { projectDir } from '../../runner/host/dist.ts';
import { findPython } from '../../runner/host/python/find-python.ts';
import { packagesFolder } from '../../runner/host/python/set-folder.ts';
import { requires } from '../support/requires.ts';

const Speed = z.object({ stepsPerSecond: z.number().positive(), examplesPerSecond: z.number().positive() });
const Told = z.object({
  format: z.literal('antidote-gpu-check-1'),
  device: z.literal('cpu'),
  jailed: z.literal(false),
  models: z.array(
    z.object({
      model: z.string(),
      shape: z.array(z.int()),
      normsDifferBy: z.literal(0),
      plain: Speed,
      clipped: Speed,
      'dp-sgd': Speed,
      rows: z.enum(['noise', 'cifar-10']),
    }),
  ),
});

describe.runIf(requires('python-torch'))('gpu-check', () => {
  const folder = mkdtempSync(join(tmpdir(), 'antidote-gpu-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const run = (...words: string[]) =>
    spawnSync(findPython()!.executable, [join(projectDir, 'runner/python/gpu-check.py'), '--device', 'cpu', ...words], {
      encoding: 'utf8',
      env: { ...process.env, PYTHONPATH: packagesFolder('torch'), PYTHONDONTWRITEBYTECODE: '1' },
    });

  it('trains every model without a GPU, in three ways, on rows of CIFAR-10 as the project keeps them', () => {
    const cifar = join(folder, 'cifar-10');
    mkdirSync(cifar);
    writeFileSync(join(cifar, 'train.bin'), Buffer.alloc(100 * 3073, 7)); // a label's byte and 3,072 pixels a row
    const json = join(folder, 'told.json');
    const words = ['--seconds', '10', '--rows', '64', '--batch', '4', '--cifar', cifar, '--json', json];
    const { status, stderr } = run(...words);
    expect(status, stderr).toBe(0);
    const { models } = Told.parse(JSON.parse(readFileSync(json, 'utf8')));
    expect(models.map(({ model, rows }) => [model, rows])).toEqual([
      ['mlp-128', 'noise'],
      ['cnn', 'noise'],
      ['cnn', 'cifar-10'],
      ['resnet-9', 'cifar-10'],
    ]);
  });

  it('says what is wrong with a folder of CIFAR-10, before it trains', () => {
    const { status, stderr } = run('--cifar', folder);
    expect([status, stderr]).toEqual([1, expect.stringContaining('has neither data_batch_1.bin nor train.bin')]);
  });
});
