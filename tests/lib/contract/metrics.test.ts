import { describe, expect, it } from 'vitest';
import { suiteNamed } from '../../../lib/catalog/suites/index.ts';
import { RowKind } from '../../../lib/contract/ids.ts';
import { isLater, metricIds, metrics } from '../../../lib/contract/metrics.ts';
import { TrialResult } from '../../../lib/contract/result.ts';
import { trialsOf } from '../../../lib/contract/suite.ts';
import { defectOf, factsOf } from '../../../lib/scoring/defect.ts';
import { differences } from '../../../lib/scoring/differences.ts';
import { scoredTrial } from '../../support/scored-trial.ts';

const suite = suiteNamed('smoke-1');
const cost = { seconds: 1, undefendedSeconds: 1, peakBytes: 1 };
const resultsOf = (kind: RowKind) => trialsOf(suite).map((trial) => scoredTrial(suite, trial, kind, {}, cost));

describe.each(metricIds)('%s', (id) => {
  const { schema, example, applies } = metrics[id];
  it('parses its example, and null where there is no number', () => {
    expect(schema.parse(example)).toEqual(example);
    expect(schema.parse(null)).toBeNull();
  });

  it.each(RowKind.options)('of a %s is missed where it is wanted', (kind) => {
    const without = resultsOf(kind).map((result) => ({ ...result, [id]: null }));
    const wanted = without.some((trial) => applies(factsOf(suite, trial, kind)) === 'wanted');
    const missing = expect.stringContaining(`${id} is missing`);
    expect(defectOf(suite, trialsOf(suite), resultsOf(kind), kind)).toBeNull();
    expect(defectOf(suite, trialsOf(suite), without, kind)).toEqual(wanted ? missing : null);
    expect(defectOf(suite, trialsOf(suite), without, kind, 'stored')).toEqual(wanted && !isLater(id) ? missing : null);
  });
});

it.each(metricIds.filter(isLater))('results stored before %s was measured parse, and are compared without it', (id) => {
  const results = resultsOf('filter');
  const stored = results.map(({ [id]: _, ...rest }) => TrialResult.parse(rest));
  expect(stored[0]![id]).toBeNull();
  expect(differences(stored, results)).toEqual([]);
  expect(differences(results, stored).map(({ metric }) => metric)).toEqual(results.map(() => id));
});
