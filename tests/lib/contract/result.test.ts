import { describe, expect, test } from 'vitest';
import { suiteNamed } from '../../../lib/catalog/suites/index.ts';
import { failedTrial, TrialResult } from '../../../lib/contract/result.ts';
import { specOf, type Trial } from '../../../lib/contract/suite.ts';
import { defectOf } from '../../../lib/scoring/defect.ts';
import { scoredTrial } from '../../support/scored-trial.ts';

const suite = suiteNamed('smoke-1');
const clean = { scenario: 'clean-fashion-mnist-lr', budget: 0, seed: 0 };
const attacked = { scenario: 'badnets-mlp-128', budget: 0.01, seed: 0 };

const cost = { seconds: 1, undefendedSeconds: 1, peakBytes: 1 };
/** With all that a module of kind `shape` has, and what is given. */
const scored = (trial: Trial, given: Partial<TrialResult>): TrialResult => ({
  ...scoredTrial(suite, trial, 'shape', {}, cost),
  ...given,
});
const curve = [{ rows: 0, accuracy: 0.8 }];

describe('what applies to a kind of module', () => {
  test.each<[string, Trial, 'filter' | 'control' | 'shape' | 'train', Partial<TrialResult>, RegExp | null]>([
    ['a filter has both shares', attacked, 'filter', { filterRecall: 0.5, filterFalsePositives: 0.1 }, null],
    ['a control too', attacked, 'control', { filterRecall: 1, filterFalsePositives: 0 }, null],
    ['where all rows are poison there are no false ones', attacked, 'filter', { filterRecall: 0.5 }, null],
    ['a filter without its recall', attacked, 'filter', { filterFalsePositives: 0.1 }, /filterRecall is missing/],
    [
      'recall where there is no poison',
      clean,
      'filter',
      { filterRecall: 0, filterFalsePositives: 0.1 },
      /filterRecall is given where it does not apply/,
    ],
    ['no false positives in a clean run', clean, 'filter', {}, /filterFalsePositives is missing/],
    ['a shape that filters', attacked, 'shape', { filterRecall: 0.5 }, /filterRecall is given where it does not apply/],
    ['an ensemble may be certified', clean, 'train', { certified: curve }, null],
    ['one set of weights has no votes', clean, 'train', {}, null],
    [
      'whatever is scored was asked for its commonest class',
      clean,
      'shape',
      { commonestClass: null },
      /commonestClass is missing/,
    ],
    ['a shape returns one', clean, 'shape', { certified: curve }, /certified is given where it does not apply/],
  ])('%s', (_, trial, kind, given, defect) => {
    const found = defectOf(suite, [trial], [scored(trial, given)], kind);
    if (defect) expect(found).toMatch(defect);
    else expect(found).toBeNull();
  });

  test('a result stored before the commonest class was measured still parses, and does not know it', () => {
    const { commonestClass: _, ...stored } = scored(clean, {});
    expect(TrialResult.parse(stored)).toEqual({ ...stored, commonestClass: null });
  });

  test('a failed trial has no numbers of any kind', () => {
    const failed = failedTrial(specOf(suite, clean), { reason: 'threw', detail: 'It did.' }, cost);
    expect(defectOf(suite, [clean], [failed], 'train')).toBeNull();
    expect(defectOf(suite, [clean], [{ ...failed, certified: curve }], 'train')).toMatch(/certified is given/);
    expect(defectOf(suite, [clean], [{ ...failed, filterFalsePositives: 0 }], 'filter')).toMatch(
      /filterFalsePositives is given/,
    );
  });
});
