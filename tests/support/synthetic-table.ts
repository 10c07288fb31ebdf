import { type BaselineId, isControl, referenceIds } from '../../lib/catalog/baselines/index.ts';
import { core1 } from '../../lib/catalog/suites/core-1.ts';
import type { Reference } from '../../lib/contract/report.ts';
import type { TrialResult } from '../../lib/contract/result.ts';
import { cleanScenario, type Scenario, specOf, trialsOf } from '../../lib/contract/suite.ts';
import { filters } from '../../lib/studies/findings/false-positives.ts';
import { type Entry, type Table, tableOf } from '../../lib/studies/findings/table.ts';
import { rootOf } from '../../runner/random/rng.ts';
import { scoredTrial } from './scored-trial.ts';

/**
 * SYNTHETIC results on core-1: no model was trained for them. Numbers as a reader might expect them, drawn from a seed,
 * so that the pages that tell of the reference table can be tested and looked at. They exist in tests alone.
 */

const digest = `sha256:${'0'.repeat(64)}` as const;
const share = (value: number) => Math.min(1, Math.max(0, value));
const clean: Record<string, number> = {
  'fashion-mnist mlp-128': 0.861,
  'fashion-mnist lr': 0.837,
  'fashion-mnist-3-4 lr': 0.96,
};
const accuracyOf = ({ dataset, model }: Pick<Scenario, 'dataset' | 'model'>) => clean[`${dataset} ${model}`]!;

/** What the attack takes of the attacked rows on the undefended model, by budget in the scenario's order. */
const damage: Readonly<Record<string, readonly number[]>> = {
  'confidence-flip': [0.037, 0.074, 0.172],
  'one-class-flip': [0.6],
  'pair-flip': [0.062],
  ops: [0.155],
  slab: [0.11, 0.35],
  badnets: [0.7, 0.8, 0.84],
  blend: [0.44, 0.78],
  'target-insertion': [0.27, 0.93],
  'cluster-flip': [0.5, 0.7],
  'clip-rate': [0.66, 0.74],
  'adap-blend': [0.62],
  'near-clone-slab': [0.055],
  'label-flip': [0.012],
};

const clipped: Readonly<Record<string, readonly number[]>> = {
  'confidence-flip': [-0.9, -0.75, -0.4],
  'one-class-flip': [-0.1],
  'pair-flip': [0.2],
  ops: [0.5],
  slab: [-0.35, -0.2],
  badnets: [0.95, 0.88, 0.42],
  blend: [0.9, 0.6],
  'target-insertion': [0.85, 0.4],
  'cluster-flip': [0.3, 0.1],
  'clip-rate': [0.3, 0.08],
  'adap-blend': [0.55],
  'near-clone-slab': [-0.5],
};
/** Of the damage undone: by attack and budget for gradient shaping, one number or a few for the others. */
const undone = (id: BaselineId, attack: string, place: number): number => {
  const clip = clipped[attack]?.[place] ?? 0;
  const flips = ['confidence-flip', 'one-class-flip', 'pair-flip', 'slab', 'near-clone-slab'].includes(attack);
  const filter = (strong: readonly string[], high: number, low: number) =>
    strong.includes(attack) ? high - 0.1 * place : low;
  const by: Partial<Record<BaselineId, number>> = {
    none: 0,
    'oracle-filter': 1,
    'random-filter': 0.03,
    'clip-only': clip,
    'clip-only-c0.1': clip < 0 ? clip - 0.1 : clip + 0.06,
    'dp-sgd': clip - 0.02,
    'dp-sgd-c1-s1': clip - 0.03,
    'dp-sgd-c1-s2': clip - 0.08,
    'dp-sgd-c0.1-s1': clip < 0 ? clip - 0.15 : clip + 0.03,
    'noise-only': flips ? -0.1 : 0.05,
    'batch-clip': flips ? -0.25 : 0.12,
    'trimmed-loss': filter(['confidence-flip', 'pair-flip', 'badnets', 'target-insertion'], 0.62, 0.16),
    sever: filter(['confidence-flip', 'slab', 'cluster-flip'], 0.45, 0.14),
    'sphere-slab': filter(['slab', 'badnets'], 0.5, 0.05),
    'spectral-signatures': filter(['badnets', 'blend', 'adap-blend'], 0.7, 0.02),
    'activation-clustering': filter(['badnets', 'blend', 'one-class-flip'], 0.55, 0.0),
    'deep-knn': filter(['confidence-flip', 'target-insertion', 'cluster-flip', 'slab'], 0.74, 0.19),
    dpa: filter(['target-insertion', 'badnets'], 0.8, 0.17),
  };
  return by[id] ?? 0;
};
/** Clean accuracy lost. */
const lost: Partial<Record<BaselineId, number>> = {
  'clip-only': 0.058,
  'clip-only-c0.1': 0.064,
  'dp-sgd': 0.059,
  'dp-sgd-c1-s1': 0.066,
  'dp-sgd-c1-s2': 0.112,
  'dp-sgd-c0.1-s1': 0.07,
  'batch-clip': 0.03,
  dpa: 0.045,
};

/** A number of standard normal size that hangs on these words alone. */
const drawn = (...words: readonly (string | number)[]) => rootOf(`synthetic ${words.join(' ')}`).gaussians(1, 1)[0]!;

const attackedShare = (scenario: Scenario, budget: number, seed: number) =>
  share(
    accuracyOf(scenario) -
      damage[scenario.attack]![scenario.budgets.indexOf(budget)]! *
        (1 + 0.04 * drawn('none', scenario.id, budget, seed)),
  );

const models = core1.scenarios.filter(
  (one, at) => core1.scenarios.findIndex((other) => cleanScenario(other) === cleanScenario(one)) === at,
);
const allSeeds = [...core1.seeds, ...core1.gateSeeds];
const cells = core1.scenarios.flatMap((scenario) => scenario.budgets.map((budget) => ({ scenario, budget })));
const cleanAt = (one: Scenario, seed: number) => ({
  dataset: one.dataset,
  model: one.model,
  seed,
  accuracy: accuracyOf(one) + 0.001 * drawn(cleanScenario(one), seed),
});

export const syntheticReference: Reference = {
  format: 'antidote-reference-1',
  suite: { id: core1.id, digest: core1.digest },
  engine: { backend: 'tensorflow', version: 'none', threads: 1, cpu: 'synthetic', gpu: null },
  harness: { version: 'synthetic', digest },
  clean: models.flatMap((one) => allSeeds.map((seed) => cleanAt(one, seed))),
  cells: cells.flatMap(({ scenario, budget }) =>
    allSeeds.map((seed) => ({
      scenario: scenario.id,
      budget,
      seed,
      clean: accuracyOf(scenario),
      attacked: attackedShare(scenario, budget, seed),
      accuracy: accuracyOf(scenario),
      success: null,
    })),
  ),
  frontier: [40, 60, 80, 120, 160, 240].map((steps) => ({
    steps,
    clean: models.flatMap((one) =>
      core1.seeds.map((seed) => ({ ...cleanAt(one, seed), accuracy: cleanAt(one, seed).accuracy - 3.6 / steps })),
    ),
    cells: cells.flatMap(({ scenario, budget }) =>
      core1.seeds.map((seed) => {
        const none = attackedShare(scenario, budget, seed);
        const rho =
          (scenario.attack === 'slab' ? -0.1 : 0.6) * (40 / steps) ** 0.6 +
          0.04 * drawn('frontier', steps, scenario.id, budget, seed);
        return { scenario: scenario.id, budget, seed, attacked: share(none + rho * (accuracyOf(scenario) - none)) };
      }),
    ),
  })),
};

function syntheticTrials(id: BaselineId): TrialResult[] {
  const kind = id === 'dpa' ? 'train' : isControl(id) ? 'control' : filters.includes(id) ? 'filter' : 'shape';
  return trialsOf(core1).map((trial): TrialResult => {
    const { dataset, model, attack } = specOf(core1, trial);
    const accuracy = share(
      accuracyOf({ dataset, model }) - (lost[id] ?? 0.003) + 0.002 * drawn(id, trial.scenario, trial.seed),
    );
    const none = attack && attackedShare(attack, trial.budget, trial.seed);
    const rho =
      attack &&
      undone(id, attack.attack, attack.budgets.indexOf(trial.budget)) +
        (id === 'none' ? 0 : 0.07 * drawn(id, attack.id, trial.budget, trial.seed));
    const robust = attack && share(none! + rho! * (accuracyOf(attack) - none!));
    const certified =
      id === 'dpa'
        ? [0, 1, 2, 4, 8, 16].map((rows) => ({ rows, accuracy: share(accuracy - 0.012 * rows - 0.001 * rows ** 1.7) }))
        : null;
    const measured = {
      cleanAccuracy: accuracy,
      robustAccuracy: robust ?? 0,
      attackSuccess: 1 - (robust ?? 0),
      certified,
    };
    return scoredTrial(core1, trial, kind, measured, { seconds: 3, undefendedSeconds: 2, peakBytes: 1 });
  });
}

/** Rows of these baselines, all of them unless named. */
export const syntheticEntries = (ids: readonly BaselineId[] = referenceIds(core1)): Entry[] =>
  ids.map((id) => ({
    id,
    submission: '00000000-0000-4000-8000-000000000000',
    trials: syntheticTrials(id),
    about: { control: isControl(id), deterministic: true, embedsData: false },
  }));

export const syntheticTable = (ids?: readonly BaselineId[]): Table =>
  tableOf(core1, syntheticReference, syntheticEntries(ids));
