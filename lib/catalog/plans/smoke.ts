import type { Plan } from './plan.ts';

/** Small scenarios that every submission runs first: each aim once, and a harmless control. Never ranked. */
export const smoke: Plan = {
  ranked: false,
  seeds: [0, 1],
  gateSeeds: [100, 101, 102, 103, 104, 105, 106, 107, 108, 109],
  scenarios: [
    { attack: 'confidence-flip', family: 'indiscriminate', models: ['lr'], budgets: [0.2] },
    { attack: 'target-insertion', family: 'targeted', models: ['lr'], params: { targets: 20 }, budgets: [50] },
    { attack: 'label-flip', family: 'indiscriminate', models: ['lr'], budgets: [0.2], control: true },
  ],
};
