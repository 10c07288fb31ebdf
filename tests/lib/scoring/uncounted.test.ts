import { describe, expect, it } from 'vitest';
import { core2 } from '../../../lib/catalog/suites/core-2.ts';
import { smoke1 } from '../../../lib/catalog/suites/smoke-1.ts';
import type { Suite } from '../../../lib/contract/suite.ts';
import { anyReferenceOf, cellsOf } from '../../../lib/scoring/references.ts';
import { uncountedFor } from '../../../lib/scoring/uncounted.ts';

const uncounted = (suite: Suite) =>
  cellsOf(suite, anyReferenceOf(suite)!).flatMap((cell) => {
    const why = uncountedFor(suite.scenarios.find(({ id }) => id === cell.scenario)!, cell);
    return why ? [`${cell.scenario} ${cell.budget}: ${why}`] : [];
  });

describe('why a cell does not count', () => {
  it('is one reason of three: a control that bites is a control, and what bites and biases undo does not lack bite', () =>
    expect(uncounted(core2)).toEqual([
      'badnets-lr 0.01: biases',
      'badnets-mlp-128 0.01: biases',
      'label-consistent-mlp-128 0.05: blunt',
      'gradient-matching-mlp-128 0.03: biases',
      'label-flip-lr 0.4: control',
      'renamed-classes-lr 1: control',
    ]));

  it('is that it is a control where it does not bite either', () =>
    expect(uncounted(smoke1)).toEqual(['label-flip-lr 0.2: control']));
});
