import { describe, expect, it } from 'vitest';
import { cellsOf } from '../../../lib/benchmark/references.ts';
import type { Reference } from '../../../lib/benchmark/report.ts';
import type { TrialResult } from '../../../lib/benchmark/result.ts';
import { scoresOf } from '../../../lib/benchmark/score.ts';
import { SuiteSchema } from '../../../lib/benchmark/suite.ts';

const digest = `sha256:${'0'.repeat(64)}` as const;
const seeds = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
const gateSeeds = seeds.map((seed) => 100 + seed);
const suite = SuiteSchema.parse({
  id: 'test-1',
  title: 'Test',
  summary: 'The two worked examples of the score, a harmless control and a cell that does not bite.',
  published: '2026-11-26',
  recipe: 'core',
  ranked: true,
  seeds,
  gateSeeds,
  scenarios: [
    { id: 'flip', dataset: 'fashion-mnist', model: 'mlp-128', attack: 'confidence-flip', family: 'indiscriminate', budgets: [0.1] },
    { id: 'badnets', dataset: 'fashion-mnist', model: 'mlp-128', attack: 'badnets', family: 'backdoor', budgets: [0.001, 0.01] },
    { id: 'control', dataset: 'fashion-mnist', model: 'mlp-128', attack: 'label-flip', family: 'indiscriminate', control: true, budgets: [0.4] },
  ],
  digest,
});

/** A small, zero-mean wobble over ten seeds. */
const wobble = (seed: number) => ((seed % 10) - 4.5) / 1000;
const cells = [
  { scenario: 'flip', budget: 0.1, clean: 0.8615, attacked: 0.788 },
  { scenario: 'badnets', budget: 0.001, clean: 0.861, attacked: 0.8 },
  { scenario: 'badnets', budget: 0.01, clean: 0.861, attacked: 0.057 },
  { scenario: 'control', budget: 0.4, clean: 0.8615, attacked: 0.8 },
];
const reference: Reference = {
  format: 'antidote-reference-1',
  suite: { id: suite.id, digest },
  engine: { backend: 'wasm', version: '4.22.0', threads: 1, cpu: 'test', gpu: null },
  harness: { version: '0', digest },
  clean: [...seeds, ...gateSeeds].map((seed) => ({ dataset: 'fashion-mnist', model: 'mlp-128', seed, accuracy: 0.8615 + wobble(seed) })),
  cells: cells.flatMap((cell) =>
    [...seeds, ...gateSeeds].map((seed) => ({ ...cell, seed, attacked: cell.attacked + wobble(seed), accuracy: 0.8, success: null })),
  ),
};

const trial = (scenario: string, budget: number, seed: number, accuracy: number, rest: Partial<TrialResult> = {}): TrialResult => ({
  scenario,
  budget,
  seed,
  attack: null,
  family: null,
  dataset: 'fashion-mnist',
  model: 'mlp-128',
  outcome: 'scored',
  detail: null,
  cleanAccuracy: accuracy,
  robustAccuracy: budget === 0 ? null : accuracy,
  attackSuccess: null,
  filterRecall: null,
  filterFalsePositives: null,
  certified: null,
  seconds: 3,
  undefendedSeconds: 2,
  peakBytes: 1,
  ...rest,
});
/** One trial per seed of every cell and of the clean run. */
const run = (accuracies: Record<string, number>, of = seeds) =>
  of.flatMap((seed) => [
    trial('clean-fashion-mnist-mlp-128', 0, seed, accuracies.clean ?? 0.8615),
    ...cells.map(({ scenario, budget }) => trial(scenario, budget, seed, accuracies[`${scenario} ${budget}`] ?? accuracies[scenario] ?? 0.8)),
  ]);
const none = run({}).map((row) => ({
  ...row,
  robustAccuracy:
    row.budget === 0 ? null : reference.cells.find((cell) => cell.scenario === row.scenario && cell.budget === row.budget && cell.seed === row.seed)!.attacked,
}));

describe('robustness', () => {
  it('is .88 for DP-SGD on BadNets 1 %, and below 0 for clipping on confidence flips: the worked examples', () => {
    const scores = scoresOf(suite, reference, run({ badnets: 0.768, flip: 0.725, clean: 0.801 }));
    expect(scores.scenarios.badnets!.value).toBeCloseTo((0.768 - 0.057) / (0.861 - 0.057), 6);
    expect(scores.scenarios.badnets!.value).toBeCloseTo(0.884, 3);
    expect(scores.scenarios.flip!.value).toBeCloseTo((0.725 - 0.788) / (0.8615 - 0.788), 6);
    expect(scores.worst).toMatchObject({ family: 'indiscriminate', n: 10 });
    expect(scores.worst!.value).toBe(scores.families.indiscriminate!.value);
  });

  it('is exactly 0, with no width, for the undefended run itself', () => {
    const { worst, mean } = scoresOf(suite, reference, none);
    for (const end of [worst!.value, worst!.low!, worst!.high!, mean!.value]) expect(end).toBeCloseTo(0, 10);
  });

  it('leaves out what does not bite and what is a control, whatever happens there', () => {
    const calm = run({ badnets: 0.8, flip: 0.8 });
    const wild = calm.map((row) => (row.scenario === 'control' || row.budget === 0.001 ? { ...row, robustAccuracy: 0 } : row));
    expect(scoresOf(suite, reference, wild)).toEqual(scoresOf(suite, reference, calm));
    expect(scoresOf(suite, reference, calm).scenarios.control).toBeNull();
  });

  it('counts a failed trial as no row given its true label, and flags it', () => {
    const failed = run({ badnets: 0.8, flip: 0.8 }).map((row) =>
      row.scenario === 'badnets' ? { ...row, outcome: 'timed-out' as const, detail: 'late', cleanAccuracy: null, robustAccuracy: null } : row,
    );
    const scores = scoresOf(suite, reference, failed);
    expect(scores.families.backdoor!.value).toBeCloseTo((0 - 0.057) / (0.861 - 0.057), 6);
    expect(scores.flags).toEqual(['failed-trials']);
  });

  it('is null where a cell is missing, and so are its family, the worst and the mean: never 0', () => {
    const scores = scoresOf(
      suite,
      reference,
      run({}).filter(({ scenario }) => scenario !== 'badnets'),
    );
    expect([scores.scenarios.badnets, scores.families.backdoor, scores.worst, scores.mean]).toEqual([null, null, null, null]);
    expect(scores.families.indiscriminate).not.toBeNull();
  });

  it('is shown between −1 and 1, interval and all', () => {
    const { scenarios } = scoresOf(suite, reference, run({ flip: 0.1, badnets: 1 }));
    expect(scenarios.flip!.value).toBe(-1);
    expect(scenarios.badnets!.value).toBe(1);
    expect(scenarios.flip!.low).toBeGreaterThanOrEqual(-1);
  });

  it('has no interval below five seeds', () => {
    expect(scoresOf(suite, reference, run({}, [0, 1, 2, 3])).worst).toMatchObject({ low: null, high: null, n: 4 });
    expect(scoresOf(suite, reference, run({}, [0, 1, 2, 3, 4])).worst!.low).not.toBeNull();
  });
});

describe('beside it', () => {
  it('utility is the clean accuracy lost, and more than ten points is a collapse', () => {
    expect(scoresOf(suite, reference, run({ clean: 0.8 })).utility!.value).toBeCloseTo(-0.0615, 9);
    expect(scoresOf(suite, reference, run({ clean: 0.8 })).flags).toEqual([]);
    expect(scoresOf(suite, reference, run({ clean: 0.76 })).flags).toEqual(['collapsed']);
  });

  it('cost is time over the undefended time on the same runner', () => expect(scoresOf(suite, reference, run({})).cost).toMatchObject({ value: 1.5, n: 10 }));
});

describe('the gate', () => {
  it('opens where the lower one-sided end of the effect reaches the threshold over the gate seeds alone', () => {
    const shaken = { ...reference, cells: reference.cells.map((cell) => (seeds.includes(cell.seed) ? { ...cell, attacked: 0 } : cell)) };
    for (const source of [reference, shaken]) {
      const bites = Object.fromEntries(cellsOf(suite, source).map((cell) => [`${cell.scenario} ${cell.budget}`, [cell.bites, cell.counts]]));
      expect(bites).toEqual({ 'flip 0.1': [true, true], 'badnets 0.001': [false, false], 'badnets 0.01': [true, true], 'control 0.4': [true, false] });
    }
  });
});
