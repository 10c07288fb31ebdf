import type { Plan } from './plan.ts';

/** Seeds 0 … 9 are scored; 100 … 109 decide whether a cell bites. */
const ten = (first: number) => Array.from({ length: 10 }, (_, i) => first + i);

/** Under a trigger: target, picture or patch, and its place are the seed's. */
const drawn = { target: 'drawn' } as const;
const drawnPatch = { ...drawn, patch: 4 } as const;
const mixedCopies = { targets: 20, copies: 'mixed' } as const;

/**
 * Five families on models that a processor trains in seconds; nothing in it gives an attack away by its labels. Budgets
 * and strengths were chosen on seeds 100 to 102 of FashionMNIST, so that cells are past their gates: 50 points of the
 * second score under a trigger, 10 elsewhere. What each costs an undefended model stands on the page of a suite.
 *
 * Left out since they do not bite, with their points: confidence-flip 10 % (5), pair-flip 30 % (5; on `mlp-128` 1) and
 * 40 % on `mlp-128` (10), ops on `lr` (7), badnets .5 % (34) and badnets-all-to-all (4) on `lr`, sig 5 % on `mlp-128`
 * (27 to 52 at strength 100; a stronger wave hides the picture from the clean model too and costs 29 to 43).
 *
 * Left out since one bias a class, tuned with full knowledge of the cell, undoes more than half of their damage:
 * badnets .5 % on `mlp-128` (.81 over three seeds), blend .5 and 1 % (.64 to .81) and adap-blend 1 and 3 % (.68, .77).
 * Few rows shift the target's logit little. badnets 1 % is like them (.62; on `mlp-128` .66) and stays, to be seen on
 * the curve.
 *
 * On EMNIST letters, seeds 100 and 101, confidence-flip on `lr` is not past its gate (9). On CIFAR-10 in gray dense
 * models are right for 28 to 33 % of rows, so that no backdoor can cost 50 points.
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
    { attack: 'badnets', family: 'backdoor', models: ['lr'], params: drawnPatch, budgets: [0.01, 0.03, 0.05] },
    {
      attack: 'badnets',
      family: 'backdoor',
      models: ['mlp-128'],
      params: drawnPatch,
      budgets: [0.01, 0.03, 0.05],
    },
    { attack: 'badnets-all-to-all', family: 'backdoor', models: ['mlp-128'], params: { patch: 4 }, budgets: [0.05] },
    { attack: 'blend', family: 'backdoor', models: ['lr', 'mlp-128'], params: drawn, budgets: [0.03, 0.05] },
    {
      attack: 'label-consistent',
      family: 'backdoor',
      models: ['mlp-128'],
      params: { ...drawn, epsilon: 24, patch: 6 },
      budgets: [0.05],
    },
    { attack: 'target-insertion', family: 'targeted', models: ['lr'], params: mixedCopies, budgets: [50] },
    { attack: 'target-insertion', family: 'targeted', models: ['mlp-128'], params: mixedCopies, budgets: [25] },
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
    { attack: 'badnets', family: 'adaptive', models: ['lr'], params: drawnPatch, budgets: [0.05], suffix: 'adaptive' },
    { attack: 'confidence-flip', family: 'adaptive', models: ['mlp-128'], budgets: [0.25], suffix: 'adaptive' },
    {
      attack: 'adap-blend',
      family: 'adaptive',
      models: ['mlp-128'],
      params: { ...drawn, strength: 51 },
      budgets: [0.05],
    },
    { attack: 'label-flip', family: 'indiscriminate', models: ['lr'], budgets: [0.4], control: true },
    { attack: 'renamed-classes', family: 'indiscriminate', models: ['lr'], budgets: [1], control: true },
  ],
};
