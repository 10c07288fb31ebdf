import type { ModelId } from '../../catalog/models/index.ts';
import { type Scenario, SuiteSchema } from '../../contract/suite.ts';

type Words = Pick<Scenario, 'attack' | 'family' | 'budgets'> & {
  models: ModelId[];
  dataset?: Scenario['dataset'];
  params?: Scenario['params'];
  control?: true;
};

/** One scenario for each model; its id is the attack's and the model's. */
const on = ({ models, ...words }: Words) =>
  models.map((model) => ({ id: `${words.attack}-${model}`, dataset: 'fashion-mnist', model, ...words }));

/** What all backdoors call a triggered row. */
const target = 0;

/**
 * The public suite: five families on models that a processor trains in seconds, budgets as curves, ten seeds. What does
 * not bite, by its gate, is listed and does not count.
 *
 * What its sources leave open was calibrated on undefended runs at seed 0, recipe `core`, so that the cells bite with
 * some room (effects in points of robust accuracy; the gate is 50 under a trigger, 3 on all rows): clip-rate: a patch
 * of strength 40, 56, 64 on `mlp-128` at 5 % costs 31, 67, 71, on `lr` one of 64, 88, 100 costs 40, 62, 67: 56 and 88.
 * adap-blend: strength 51 in training, as in test, costs 61, and 64 costs 65: the fainter one. slab: the points of
 * `antidote suite points fashion-mnist-3-4 0.2 0.4` cost 11 and 35. near-clone-slab: rows that are a fifth or two
 * fifths clean cost 8 and 4: .3.
 */
export const core1 = SuiteSchema.parse({
  id: 'core-1',
  title: 'Core',
  summary:
    'Five families of attacks on FashionMNIST, logistic regression and a small perceptron, budgets as curves, ten seeds. Public numbers; ranks are given in seasons.',
  published: '2026-11-26',
  recipe: 'core',
  ranked: true,
  after: 'smoke-1',
  seeds: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
  gateSeeds: [100, 101, 102, 103, 104, 105, 106, 107, 108, 109],
  scenarios: [
    ...on({
      attack: 'confidence-flip',
      family: 'indiscriminate',
      models: ['mlp-128', 'lr'],
      budgets: [0.05, 0.1, 0.2],
    }),
    ...on({
      attack: 'one-class-flip',
      family: 'indiscriminate',
      models: ['mlp-128', 'lr'],
      params: { from: 0, to: 6 },
      budgets: [0.1],
    }),
    ...on({ attack: 'pair-flip', family: 'indiscriminate', models: ['lr'], budgets: [0.3] }),
    ...on({ attack: 'ops', family: 'indiscriminate', models: ['mlp-128', 'lr'], budgets: [1] }),
    ...on({
      attack: 'slab',
      family: 'indiscriminate',
      models: ['lr'],
      dataset: 'fashion-mnist-3-4',
      budgets: [0.2, 0.4],
    }),
    ...on({
      attack: 'badnets',
      family: 'backdoor',
      models: ['mlp-128'],
      params: { target },
      budgets: [0.005, 0.01, 0.03],
    }),
    ...on({ attack: 'badnets', family: 'backdoor', models: ['lr'], params: { target }, budgets: [0.01, 0.03] }),
    ...on({ attack: 'blend', family: 'backdoor', models: ['mlp-128'], params: { target }, budgets: [0.005, 0.01] }),
    ...on({ attack: 'blend', family: 'backdoor', models: ['lr'], params: { target }, budgets: [0.01] }),
    ...on({
      attack: 'target-insertion',
      family: 'targeted',
      models: ['mlp-128'],
      params: { targets: 20 },
      budgets: [25, 100],
    }),
    ...on({ attack: 'target-insertion', family: 'targeted', models: ['lr'], params: { targets: 20 }, budgets: [100] }),
    ...on({
      attack: 'cluster-flip',
      family: 'subpopulation',
      models: ['mlp-128'],
      params: { clusters: 10, leastTestRows: 60 },
      budgets: [1, 2],
    }),
    ...on({
      attack: 'cluster-flip',
      family: 'subpopulation',
      models: ['lr'],
      params: { clusters: 10, leastTestRows: 60 },
      budgets: [2],
    }),
    ...on({
      attack: 'clip-rate',
      family: 'adaptive',
      models: ['mlp-128'],
      params: { target, strength: 56 },
      budgets: [0.05, 0.1],
    }),
    ...on({
      attack: 'clip-rate',
      family: 'adaptive',
      models: ['lr'],
      params: { target, strength: 88 },
      budgets: [0.05],
    }),
    ...on({
      attack: 'adap-blend',
      family: 'adaptive',
      models: ['mlp-128'],
      params: { target, strength: 51 },
      budgets: [0.01],
    }),
    ...on({
      attack: 'near-clone-slab',
      family: 'adaptive',
      models: ['lr'],
      dataset: 'fashion-mnist-3-4',
      params: { cloth: 0.3 },
      budgets: [0.2],
    }),
    ...on({ attack: 'label-flip', family: 'indiscriminate', models: ['lr'], budgets: [0.4], control: true }),
  ],
  digest: 'sha256:0a871ae006df0f03f68b8f638d958f4232ec5f1d3b8fcd8035a55d2d098e3f84',
});
