import { describe, expect, it } from 'vitest';
import type { AttackId } from '../../../lib/catalog/attacks/index.ts';
import type { Family } from '../../../lib/contract/ids.ts';
import type { Reference } from '../../../lib/contract/report.ts';
import type { TrialResult } from '../../../lib/contract/result.ts';
import { SuiteSchema } from '../../../lib/contract/suite.ts';
import { defectOf } from '../../../lib/scoring/defect.ts';
import { cellsOf } from '../../../lib/scoring/references.ts';
import { scoredTrial } from '../../support/scored-trial.ts';

const digest = `sha256:${'0'.repeat(64)}` as const;
const suiteWith = (attack: AttackId, family: Family) =>
  SuiteSchema.parse({
    id: 'test-1',
    title: 'Test',
    summary: 'One cell.',
    published: '2026-11-26',
    recipe: 'core',
    ranked: true,
    seeds: [0],
    gateSeeds: [100, 101],
    scenarios: [{ id: 'cell', dataset: 'fashion-mnist', model: 'lr', attack, family, budgets: [1] }],
    digest,
  });
const referenceWith = (effect: number): Reference => ({
  format: 'antidote-reference-1',
  suite: { id: 'test-1', digest },
  engine: { backend: 'wasm', version: '4.22.0', threads: 1, cpu: 'test', gpu: null },
  harness: { version: '0', digest },
  clean: [],
  cells: [100, 101].map((seed) => ({
    scenario: 'cell',
    budget: 1,
    seed,
    clean: 0.8,
    attacked: 0.8 - effect,
    accuracy: 0.8,
    success: null,
  })),
  frontier: [],
});

describe('the gate of a cell', () => {
  it.each<[AttackId, Family, number]>([
    ['pair-flip', 'indiscriminate', 0.03],
    ['one-class-flip', 'indiscriminate', 0.1],
    ['target-insertion', 'targeted', 0.1],
    ['cluster-flip', 'subpopulation', 0.1],
    ['badnets', 'backdoor', 0.5],
    ['clip-rate', 'adaptive', 0.5],
    ['near-clone-slab', 'adaptive', 0.03],
  ])('follows what the attack is aimed at, not its family: %s, %s, %d', (attack, family, gate) => {
    const suite = suiteWith(attack, family);
    expect(cellsOf(suite, referenceWith(gate + 0.001))[0]!.bites).toBe(true);
    expect(cellsOf(suite, referenceWith(gate - 0.001))[0]!.bites).toBe(false);
  });
});

describe('attack success', () => {
  const result = (attack: AttackId, family: Family, attackSuccess: number | null): TrialResult => ({
    ...scoredTrial(
      suiteWith(attack, family),
      asked[0]!,
      'shape',
      {},
      { seconds: 1, undefendedSeconds: 1, peakBytes: 1 },
    ),
    attackSuccess,
  });
  const asked = [{ scenario: 'cell', budget: 1, seed: 0 }];

  it.each<[AttackId, Family]>([
    ['one-class-flip', 'indiscriminate'],
    ['cluster-flip', 'subpopulation'],
    ['adap-blend', 'adaptive'],
  ])('is asked for where the attacker wants a label: %s', (attack, family) => {
    expect(defectOf(suiteWith(attack, family), asked, [result(attack, family, 0.4)], 'shape')).toBeNull();
    expect(defectOf(suiteWith(attack, family), asked, [result(attack, family, null)], 'shape')).toMatch(
      /attackSuccess is missing/,
    );
  });

  it.each<[AttackId, Family]>([
    ['ops', 'indiscriminate'],
    ['near-clone-slab', 'adaptive'],
  ])('is refused where any mistake serves: %s', (attack, family) => {
    expect(defectOf(suiteWith(attack, family), asked, [result(attack, family, null)], 'shape')).toBeNull();
    expect(defectOf(suiteWith(attack, family), asked, [result(attack, family, 0.4)], 'shape')).toMatch(
      /does not apply/,
    );
  });
});
