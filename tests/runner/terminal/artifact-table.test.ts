import { expect, test } from 'vitest';
import { artifactTable } from '../../../runner/terminal/artifact-table.ts';
import { trial } from '../../support/toy-suite.ts';

test('a line per cell and epoch, the means over the trials that have numbers', () => {
  const artifacts = (...ratios: (number | null)[]) =>
    ratios.map((normRatio, index) => ({ epoch: index + 1, normRatio, cosine: normRatio && -normRatio / 10 }));
  const table = artifactTable([
    { ...trial('clean', 0, 0, 0.9), artifacts: null },
    { ...trial('flip', 0.1, 0, 0.8), artifacts: artifacts(1, 2) },
    { ...trial('flip', 0.1, 1, 0.8), artifacts: artifacts(3, null) },
    { ...trial('flip', 0.2, 0, 0.8), artifacts: artifacts(null) },
  ]);
  expect(table.split('\n').map((line) => line.trim().split(/ {2,}/))).toEqual([
    ['poison gradients against clean', 'epoch', 'norm ratio', 'cosine', 'trials'],
    ['flip at 0.1', '1', '2.000', '-0.200', '2'],
    ['flip at 0.1', '2', '2.000', '-0.200', '2'],
    ['flip at 0.2', '1', '–', '–', '1'],
    [''],
  ]);
});
