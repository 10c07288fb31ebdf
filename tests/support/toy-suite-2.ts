import type { Reference } from '../../lib/contract/report.ts';
import type { TrialResult } from '../../lib/contract/result.ts';
import { cleanScenario, SuiteSchema, specOf, type Trial, trialKey, trialsOf } from '../../lib/contract/suite.ts';
import { scoresOf } from '../../lib/scoring/score.ts';
import { rootOf } from '../../runner/random/rng.ts';
import { scoredTrial } from './scored-trial.ts';
import { nothingKnown } from './toy-suite.ts';

/** A suite by the second rules with drawn numbers: four families, one of them a grid of adaptive cells. */

const digest = `sha256:${'0'.repeat(64)}` as const;
export const seeds = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
export const gateSeeds = seeds.map((seed) => 100 + seed);
const classes = 4;

export const suite = SuiteSchema.parse({
  id: 'test-2',
  title: 'Test',
  summary: 'Four families on two models.',
  published: '2026-11-28',
  recipe: 'core',
  rules: { hygiene: 2, scoring: 2 },
  ranked: true,
  seeds,
  gateSeeds,
  scenarios: (
    [
      ['flip', 'lr', 'confidence-flip', 'indiscriminate', [0.1, 0.2]],
      ['pairs', 'mlp-128', 'pair-flip', 'indiscriminate', [0.3]],
      ['patch', 'mlp-128', 'badnets', 'backdoor', [0.01, 0.05]],
      ['targets', 'lr', 'target-insertion', 'targeted', [50]],
      ['again-flip', 'lr', 'confidence-flip', 'adaptive', [0.2]],
      ['again-patch', 'lr', 'badnets', 'adaptive', [0.05]],
      ['again-blend', 'mlp-128', 'adap-blend', 'adaptive', [0.03]],
      ['harmless', 'lr', 'label-flip', 'indiscriminate', [0.2]],
    ] as const
  ).map(([id, model, attack, family, budgets]) => ({
    id,
    dataset: 'fashion-mnist',
    model,
    attack,
    family,
    budgets,
    control: id === 'harmless',
  })),
  digest,
});

/** Classes that each attack leaves as they are. */
const others: Readonly<Record<string, readonly number[]>> = {
  'confidence-flip': [],
  'label-flip': [],
  'pair-flip': [2, 3],
  badnets: [0],
  'adap-blend': [1],
  'target-insertion': [0, 1, 2, 3],
};

/** Uniform draws that hang on these words alone. */
const drawn = (...words: readonly (string | number)[]) => {
  const rng = rootOf(words.join(' '));
  return (low: number, high: number) => low + (high - low) * rng.uniform();
};

type Numbers = { readonly robustAccuracy: number; readonly recalls: readonly number[] };

/** A board drawn by name: what the undefended model does with and without poison, and what members and biases do. */
export function referenceOf(name: string, frontier = true): Reference {
  const models = [...new Map(suite.scenarios.map((one) => [cleanScenario(one), one])).values()];
  const cleanAt = (seed: number, lost: number) =>
    models.map(({ dataset, model }) => {
      const draw = drawn(name, 'clean', model, seed, lost);
      const recalls = Array.from({ length: classes }, () => draw(0.75, 0.95) - lost);
      return { dataset, model, seed, accuracy: recalls.reduce((sum, recall) => sum + recall, 0) / classes, recalls };
    });
  const cellsAt = (seed: number, words: string, low: number) =>
    suite.scenarios.flatMap(({ id, budgets, attack }) =>
      budgets.map((budget) => {
        const draw = drawn(name, words, id, budget, seed);
        const backdoor = attack === 'badnets' || attack === 'adap-blend';
        const attacked = backdoor ? draw(0.02, 0.2 + low) : draw(0.4, 0.6 + low);
        const recalls = Array.from({ length: classes }, () => draw(0.55, 0.9));
        return { scenario: id, budget, seed, attacked, recalls, attack };
      }),
    );
  const all = [...seeds, ...gateSeeds];
  return {
    format: 'antidote-reference-1',
    suite: { id: suite.id, digest },
    engine: { backend: 'wasm', version: '4.22.0', threads: 1, cpu: 'test', gpu: null },
    harness: { version: '0', digest },
    clean: all.flatMap((seed) => cleanAt(seed, 0)),
    cells: all.flatMap((seed) =>
      cellsAt(seed, 'none', 0).map(({ attack, ...cell }) => ({
        ...cell,
        clean: drawn(name, 'cap', cell.scenario, seed)(0.8, 0.9),
        accuracy: 0.8,
        success: null,
        commonestClass: 0.3,
        others: [...others[attack]!],
      })),
    ),
    frontier: (frontier ? [40, 120] : []).map((steps) => ({
      steps,
      clean: seeds.flatMap((seed) => cleanAt(seed, 4 / steps)),
      cells: seeds.flatMap((seed) => cellsAt(seed, `${steps}`, 8 / steps).map(({ attack: _, ...cell }) => cell)),
    })),
    bias: all.flatMap((seed) =>
      cellsAt(seed, 'bias', 0.2).map(({ attack: _, ...cell }) => ({ ...cell, biases: [0, 0, 0, 0] })),
    ),
  };
}

const cost = { seconds: 3, undefendedSeconds: 2, peakBytes: 1 };
const mean = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

/** One trial with these numbers. */
export const trialWith = (trial: Trial, { robustAccuracy, recalls }: Numbers): TrialResult =>
  scoredTrial(suite, trial, 'shape', { robustAccuracy, recalls: [...recalls], cleanAccuracy: mean(recalls) }, cost);

/** The module's own fault. */
export const failed = (trial: TrialResult): TrialResult => ({
  ...trial,
  outcome: 'threw',
  detail: 'it threw',
  cleanAccuracy: null,
  commonestClass: null,
  recalls: null,
  robustAccuracy: null,
  attackSuccess: null,
});

/** Every trial of an entry whose numbers are drawn by name. Some of them fail. */
export const entryOf = (name: string, failing = 0.03): TrialResult[] =>
  trialsOf(suite).map((trial) => {
    const draw = drawn(name, 'entry', trialKey(trial));
    const recalls = Array.from({ length: classes }, () => draw(0.4, 0.95));
    const result = trialWith(trial, { robustAccuracy: draw(0.1, 0.95), recalls });
    return draw(0, 1) < failing ? failed(result) : result;
  });

/** An entry whose trials are the undefended model's, with poison or as if there were none. */
export const undefendedEntry = (reference: Reference, poisoned: boolean): TrialResult[] =>
  trialsOf(suite).map((trial) => {
    const { dataset, model } = specOf(suite, trial);
    const clean = reference.clean.find(
      (run) => run.dataset === dataset && run.model === model && run.seed === trial.seed,
    )!;
    const cell = reference.cells.find((one) => trialKey(one) === trialKey(trial));
    if (!cell) return trialWith(trial, { robustAccuracy: 0, recalls: clean.recalls! });
    return trialWith(
      trial,
      poisoned
        ? { robustAccuracy: cell.attacked, recalls: cell.recalls! }
        : { robustAccuracy: cell.clean, recalls: clean.recalls! },
    );
  });

export const scored = (trials: readonly TrialResult[], reference: Reference) =>
  scoresOf(suite, reference, trials, nothingKnown);
