import type { Plan } from './plan.ts';

const models = ['cnn', 'resnet-9'] as const;
/** Under a trigger: target, picture or patch, and its place are the seed's. */
const drawn = { target: 'drawn' } as const;

/**
 * Plan `core` on pictures in color and on convolutions: each attack once, with the budgets and strengths that `core`
 * has on its perceptron. A draft: nothing was chosen on these models yet, and two seeds are a first look at the gates.
 */
export const vision: Plan = {
  ranked: false,
  seeds: [0, 1],
  gateSeeds: [100, 101],
  scenarios: [
    { attack: 'confidence-flip', family: 'indiscriminate', models, budgets: [0.2] },
    { attack: 'pair-flip', family: 'indiscriminate', models, params: { partner: 'drawn' }, budgets: [0.45] },
    { attack: 'ops', family: 'indiscriminate', models, params: { pixels: 'drawn' }, budgets: [1] },
    { attack: 'badnets', family: 'backdoor', models, params: { ...drawn, patch: 4 }, budgets: [0.01, 0.03, 0.05] },
    { attack: 'badnets-all-to-all', family: 'backdoor', models, params: { patch: 4 }, budgets: [0.05] },
    { attack: 'blend', family: 'backdoor', models, params: drawn, budgets: [0.03, 0.05] },
    {
      attack: 'label-consistent',
      family: 'backdoor',
      models,
      params: { ...drawn, epsilon: 24, patch: 6 },
      budgets: [0.05],
    },
    { attack: 'target-insertion', family: 'targeted', models, params: { targets: 20, copies: 'mixed' }, budgets: [25] },
    {
      attack: 'gradient-matching',
      family: 'targeted',
      models,
      params: { targets: 5, epsilon: 32 },
      budgets: [0.03],
    },
    { attack: 'cluster-swap', family: 'subpopulation', models, params: { pairs: 3, clusters: 5 }, budgets: [0.67] },
    { attack: 'class-swap', family: 'adaptive', models, params: { pairs: 2 }, budgets: [0.4] },
    { attack: 'confidence-flip', family: 'adaptive', models, budgets: [0.25], suffix: 'adaptive' },
    { attack: 'adap-blend', family: 'adaptive', models, params: { ...drawn, strength: 51 }, budgets: [0.05] },
    { attack: 'label-flip', family: 'indiscriminate', models, budgets: [0.4], control: true },
    { attack: 'renamed-classes', family: 'indiscriminate', models, budgets: [1], control: true },
  ],
};
