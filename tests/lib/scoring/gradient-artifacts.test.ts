import { expect, it } from 'vitest';
import { smoke1 } from '../../../lib/catalog/suites/smoke-1.ts';
import type { EpochArtifact } from '../../../lib/contract/report.ts';
import { trialsOf } from '../../../lib/contract/suite.ts';
import { cellArtifacts } from '../../../lib/scoring/gradient-artifacts.ts';
import { scoredTrial } from '../../support/scored-trial.ts';

const cost = { seconds: 1, undefendedSeconds: 1, peakBytes: 1 };
const [first, second] = trialsOf(smoke1).filter(({ scenario }) => scenario === 'badnets-mlp-128');
const trial = (asked = first!, artifacts?: EpochArtifact[] | null) => ({
  ...scoredTrial(smoke1, asked, 'shape', {}, cost),
  ...(artifacts !== undefined && { artifacts }),
});

it('a cell’s artifacts are the means over its seeds, epoch by epoch, of what was measured', () => {
  const epochs = (normRatio: number | null) => [
    { epoch: 1, normRatio: 4, cosine: 0.5 },
    { epoch: 2, normRatio, cosine: null },
  ];
  expect(cellArtifacts([trial(first, epochs(2)), trial(second, epochs(null))])).toEqual([
    {
      scenario: 'badnets-mlp-128',
      budget: first!.budget,
      epochs: [
        { epoch: 1, normRatio: 4, cosine: 0.5 },
        { epoch: 2, normRatio: 2, cosine: null },
      ],
    },
  ]);
});

it('there are none of trials that have none', () => expect(cellArtifacts([trial(), trial(first, null)])).toEqual([]));
