import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { specOf, trialsOf } from '../../lib/contract/suite.ts';
import { craftSuite } from '../../runner/craft/build.ts';
import { cellPath, decodeCell } from '../../runner/craft/cell.ts';
import { env } from '../../runner/host/env.ts';
import { readByMlcroissant } from '../support/mlcroissant.ts';
import { requires } from '../support/requires.ts';
import { drawOf } from '../support/whole-draw.ts';

const datasets = join(env().ANTIDOTE_DATA, 'datasets');
const there = ['fashion-mnist', 'emnist-letters'].filter((id) => existsSync(join(datasets, id)));

describe.runIf(requires('mlcroissant')).each(there)('the metadata of a suite drawn on %s', (dataset) => {
  it('is valid Croissant 1.1 without a warning, and yields every cell and every poisoned row', {
    timeout: 1_800_000,
  }, async () => {
    const suite = drawOf('smoke', dataset, [5]);
    const folder = await mkdtemp(join(tmpdir(), 'antidote-drawn-croissant-'));
    try {
      await craftSuite(suite, folder, datasets, () => {});
      const { errors, warnings, version, cells, poison } = readByMlcroissant(folder);
      expect([errors, warnings, version]).toEqual([[], [], 'http://mlcommons.org/croissant/1.1']);
      const trials = trialsOf(suite).filter((trial) => specOf(suite, trial).attack);
      expect(cells).toEqual(trials.map((trial) => ({ ...trial, path: cellPath(trial) })));
      const rows = await Promise.all(
        trials.map(async (trial) => {
          const { index, labels } = decodeCell(await readFile(join(folder, cellPath(trial))));
          return [...index].map((row, i) => ({ ...trial, index: row, label: labels[i]! }));
        }),
      );
      const sorted = (records: typeof poison) =>
        records.map((row) => `${row.scenario} ${row.budget} ${row.seed} ${row.index} ${row.label}`).sort();
      expect(sorted(poison)).toEqual(sorted(rows.flat()));
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
