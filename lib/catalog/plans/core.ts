import type { Plan } from './plan.ts';

/** Seeds 0 … 9 are scored; 100 … 109 decide whether a cell bites. */
const ten = (first: number) => Array.from({ length: 10 }, (_, i) => first + i);

/** Under a trigger: target, picture or patch, and its place are the seed's. */
const drawn = { target: 'drawn' } as const;

/**
 * Five families on models that a processor trains in seconds; nothing in it gives an attack away by its labels. What it
 * costs undefended models, in points of the second score, mean over three to five seeds from 100 of FashionMNIST, in the
 * order of models and budgets as they stand here (gates: 50 under a trigger, 10 elsewhere): confidence-flip 14; 14.
 * pair-flip 16; 21. ops 14. badnets 60, 80, 87; 56, 77, 85, 92. badnets-all-to-all 81. blend 61; 59, 76.
 * target-insertion 70; 85. gradient-matching 35 (four seeds). cluster-swap 27; 36. class-swap 34, 46; 42. adap-blend 74.
 * label-consistent 70. sig stays at its gate (50 and less) and is left to it, as every cell is on other data.
 * On EMNIST letters, seeds 100 and 101, all others are past theirs but confidence-flip on `lr` (9). On CIFAR-10 in gray
 * dense models are right for 28 to 33 % of rows, so that no backdoor can cost 50 points.
 * Left out since they do not bite: confidence-flip 10 % (5), pair-flip 30 % (5; 1) and 40 % on `mlp-128` (10), ops on
 * `lr` (7), badnets .5 % (34) and badnets-all-to-all (4) on `lr`.
 */
export const core: Plan = {
  ranked: true,
  seeds: ten(0),
  gateSeeds: ten(100),
  scenarios: [
    { attack: 'confidence-flip', family: 'indiscriminate', models: ['lr', 'mlp-128'], budgets: [0.2] },
    { attack: 'pair-flip', family: 'indiscriminate', models: ['lr'], params: { partner: 'drawn' }, budgets: [0.4] },
    {
      attack: 'pair-flip',
      family: 'indiscriminate',
      models: ['mlp-128'],
      params: { partner: 'drawn' },
      budgets: [0.45],
    },
    { attack: 'ops', family: 'indiscriminate', models: ['mlp-128'], params: { pixels: 'drawn' }, budgets: [1] },
    { attack: 'badnets', family: 'backdoor', models: ['lr'], params: drawn, budgets: [0.01, 0.03, 0.05] },
    { attack: 'badnets', family: 'backdoor', models: ['mlp-128'], params: drawn, budgets: [0.005, 0.01, 0.03, 0.05] },
    { attack: 'badnets-all-to-all', family: 'backdoor', models: ['mlp-128'], budgets: [0.05] },
    { attack: 'blend', family: 'backdoor', models: ['lr'], params: drawn, budgets: [0.01] },
    { attack: 'blend', family: 'backdoor', models: ['mlp-128'], params: drawn, budgets: [0.005, 0.01] },
    {
      attack: 'label-consistent',
      family: 'backdoor',
      models: ['mlp-128'],
      params: { ...drawn, epsilon: 24, patch: 6 },
      budgets: [0.05],
    },
    { attack: 'sig', family: 'backdoor', models: ['mlp-128'], params: { ...drawn, strength: 100 }, budgets: [0.05] },
    { attack: 'target-insertion', family: 'targeted', models: ['lr'], params: { targets: 20 }, budgets: [50] },
    { attack: 'target-insertion', family: 'targeted', models: ['mlp-128'], params: { targets: 20 }, budgets: [25] },
    {
      attack: 'gradient-matching',
      family: 'targeted',
      models: ['mlp-128'],
      params: { targets: 5, epsilon: 32 },
      budgets: [0.03],
    },
    {
      attack: 'cluster-swap',
      family: 'subpopulation',
      models: ['lr', 'mlp-128'],
      params: { pairs: 3, clusters: 5 },
      budgets: [0.67],
    },
    { attack: 'class-swap', family: 'adaptive', models: ['lr'], params: { pairs: 2 }, budgets: [0.3, 0.4] },
    { attack: 'class-swap', family: 'adaptive', models: ['mlp-128'], params: { pairs: 2 }, budgets: [0.4] },
    { attack: 'badnets', family: 'adaptive', models: ['lr'], params: drawn, budgets: [0.05], suffix: 'adaptive' },
    { attack: 'confidence-flip', family: 'adaptive', models: ['mlp-128'], budgets: [0.25], suffix: 'adaptive' },
    {
      attack: 'adap-blend',
      family: 'adaptive',
      models: ['mlp-128'],
      params: { ...drawn, strength: 51 },
      budgets: [0.01],
    },
    { attack: 'label-flip', family: 'indiscriminate', models: ['lr'], budgets: [0.4], control: true },
  ],
};
