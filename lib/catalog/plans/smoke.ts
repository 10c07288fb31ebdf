import type { Plan } from './plan.ts';

/** Small scenarios that every submission runs first: each family once, a harmless control, and one that tells
 * who holds a model of the data. Never ranked. */
export const smoke: Plan = {
  ranked: false,
  seeds: [0, 1],
  gateSeeds: [100, 101, 102, 103, 104, 105, 106, 107, 108, 109],
  scenarios: [
    { attack: 'confidence-flip', family: 'indiscriminate', models: ['lr'], budgets: [0.2] },
    {
      attack: 'badnets',
      family: 'backdoor',
      models: ['mlp-128'],
      params: { target: 'drawn', patch: 4 },
      budgets: [0.03],
    },
    {
      attack: 'target-insertion',
      family: 'targeted',
      models: ['lr'],
      params: { targets: 20, copies: 'mixed' },
      budgets: [50],
    },
    {
      attack: 'cluster-swap',
      family: 'subpopulation',
      models: ['lr'],
      params: { pairs: 2, clusters: 3 },
      budgets: [0.67],
    },
    { attack: 'class-swap', family: 'adaptive', models: ['lr'], params: { pairs: 2 }, budgets: [0.4] },
    { attack: 'label-flip', family: 'indiscriminate', models: ['lr'], budgets: [0.2], control: true },
    { attack: 'renamed-classes', family: 'indiscriminate', models: ['lr'], budgets: [1], control: true },
  ],
};
