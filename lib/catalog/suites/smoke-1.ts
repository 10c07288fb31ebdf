import { SuiteSchema } from '../../contract/suite.ts';

/** Four small scenarios that every submission runs first: three that bite and a harmless control. Never ranked. */
export const smoke1 = SuiteSchema.parse({
  id: 'smoke-1',
  title: 'Smoke',
  summary:
    'Four small scenarios on FashionMNIST, two seeds: does the defense run, and does it do anything at all? Never ranked.',
  published: '2026-11-26',
  recipe: 'core',
  ranked: false,
  seeds: [0, 1],
  gateSeeds: [100, 101, 102, 103, 104, 105, 106, 107, 108, 109],
  scenarios: [
    {
      id: 'confidence-flip-lr',
      dataset: 'fashion-mnist',
      model: 'lr',
      attack: 'confidence-flip',
      family: 'indiscriminate',
      budgets: [0.2],
    },
    {
      id: 'target-insertion-lr',
      dataset: 'fashion-mnist',
      model: 'lr',
      attack: 'target-insertion',
      family: 'targeted',
      params: { targets: 20 },
      budgets: [100],
    },
    {
      id: 'badnets-mlp-128',
      dataset: 'fashion-mnist',
      model: 'mlp-128',
      attack: 'badnets',
      family: 'backdoor',
      params: { target: 0, patch: 3 },
      budgets: [0.01],
    },
    {
      id: 'label-flip-lr',
      dataset: 'fashion-mnist',
      model: 'lr',
      attack: 'label-flip',
      family: 'indiscriminate',
      control: true,
      budgets: [0.2],
    },
  ],
  digest: 'sha256:7777345521a546da9c6ba1218e16ea1b254efacc7d7ec5e81f164d66b20f70b1',
});
