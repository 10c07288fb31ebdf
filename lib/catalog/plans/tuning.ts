import type { Plan } from './plan.ts';

/**
 * Six cells of plan `core`, each family once and backdoors on both models: on them the parameters of reference defenses
 * are chosen. Never published: nothing is scored on what was chosen on it.
 */
export const tuning: Plan = {
  ranked: false,
  seeds: [100, 101, 102],
  gateSeeds: [103, 104, 105, 106, 107, 108, 109],
  scenarios: [
    { attack: 'confidence-flip', family: 'indiscriminate', models: ['lr'], budgets: [0.2] },
    {
      attack: 'badnets',
      family: 'backdoor',
      models: ['lr', 'mlp-128'],
      params: { target: 'drawn', patch: 4 },
      budgets: [0.03],
    },
    {
      attack: 'target-insertion',
      family: 'targeted',
      models: ['mlp-128'],
      params: { targets: 20, copies: 'mixed' },
      budgets: [25],
    },
    {
      attack: 'cluster-swap',
      family: 'subpopulation',
      models: ['lr'],
      params: { pairs: 3, clusters: 5 },
      budgets: [0.67],
    },
    { attack: 'class-swap', family: 'adaptive', models: ['mlp-128'], params: { pairs: 2 }, budgets: [0.4] },
  ],
};
