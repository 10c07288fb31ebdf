import { metrics, noMetrics } from '../../lib/contract/metrics.ts';
import type { Reference } from '../../lib/contract/report.ts';
import type { TrialResult } from '../../lib/contract/result.ts';
import { SuiteSchema } from '../../lib/contract/suite.ts';
import { scoresOf } from '../../lib/scoring/score.ts';

/** A suite of two families on one model, its undefended numbers, and what a defense makes of it. */

const digest = `sha256:${'0'.repeat(64)}` as const;
export const seeds = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
const gateSeeds = seeds.map((seed) => 100 + seed);
export const suite = SuiteSchema.parse({
  id: 'test-1',
  title: 'Test',
  summary: 'The two worked examples of the score, a harmless control and a cell that does not bite.',
  published: '2026-11-26',
  recipe: 'core',
  ranked: true,
  seeds,
  gateSeeds,
  scenarios: [
    {
      id: 'flip',
      dataset: 'fashion-mnist',
      model: 'mlp-128',
      attack: 'confidence-flip',
      family: 'indiscriminate',
      budgets: [0.1],
    },
    {
      id: 'badnets',
      dataset: 'fashion-mnist',
      model: 'mlp-128',
      attack: 'badnets',
      family: 'backdoor',
      budgets: [0.001, 0.01],
    },
    {
      id: 'control',
      dataset: 'fashion-mnist',
      model: 'mlp-128',
      attack: 'label-flip',
      family: 'indiscriminate',
      control: true,
      budgets: [0.4],
    },
  ],
  digest,
});

/** A small, zero-mean wobble over ten seeds. */
const wobble = (seed: number) => ((seed % 10) - 4.5) / 1000;
export const cells = [
  { scenario: 'flip', budget: 0.1, clean: 0.8615, attacked: 0.788 },
  { scenario: 'badnets', budget: 0.001, clean: 0.861, attacked: 0.8 },
  { scenario: 'badnets', budget: 0.01, clean: 0.861, attacked: 0.057 },
  { scenario: 'control', budget: 0.4, clean: 0.8615, attacked: 0.8 },
];
export const reference: Reference = {
  format: 'antidote-reference-1',
  suite: { id: suite.id, digest },
  engine: { backend: 'wasm', version: '4.22.0', threads: 1, cpu: 'test', gpu: null },
  harness: { version: '0', digest },
  clean: [...seeds, ...gateSeeds].map((seed) => ({
    dataset: 'fashion-mnist',
    model: 'mlp-128',
    seed,
    accuracy: 0.8615 + wobble(seed),
  })),
  cells: cells.flatMap((cell) =>
    [...seeds, ...gateSeeds].map((seed) => ({
      ...cell,
      seed,
      attacked: cell.attacked + wobble(seed),
      accuracy: 0.8,
      success: null,
    })),
  ),
  frontier: [],
};

export const trial = (
  scenario: string,
  budget: number,
  seed: number,
  accuracy: number,
  rest: Partial<TrialResult> = {},
): TrialResult => ({
  scenario,
  budget,
  seed,
  attack: null,
  family: null,
  dataset: 'fashion-mnist',
  model: 'mlp-128',
  outcome: 'scored',
  detail: null,
  ...noMetrics,
  cleanAccuracy: accuracy,
  commonestClass: metrics.commonestClass.example,
  robustAccuracy: budget === 0 ? null : accuracy,
  seconds: 3,
  undefendedSeconds: 2,
  peakBytes: 1,
  ...rest,
});
/** One trial per seed of every cell and of the clean run. */
export const run = (accuracies: Record<string, number>, of = seeds) =>
  of.flatMap((seed) => [
    trial('clean-fashion-mnist-mlp-128', 0, seed, accuracies.clean ?? 0.8615),
    ...cells.map(({ scenario, budget }) =>
      trial(scenario, budget, seed, accuracies[`${scenario} ${budget}`] ?? accuracies[scenario] ?? 0.8),
    ),
  ]);
/** The undefended run as any other defense. */
export const none = run({}).map((row) => ({
  ...row,
  robustAccuracy:
    row.budget === 0
      ? null
      : reference.cells.find(
          (cell) => cell.scenario === row.scenario && cell.budget === row.budget && cell.seed === row.seed,
        )!.attacked,
}));

export const nothingKnown = { control: false, deterministic: true, embedsData: false };
export const scored = (trials: readonly TrialResult[], against: Reference = reference) =>
  scoresOf(suite, against, trials, nothingKnown);
