import { privacyAccounts } from '../../lib/catalog/privacy.ts';
import type { Card } from '../../lib/contract/card.ts';
import type { BaselineId, DefenseKind } from '../../lib/contract/ids.ts';

type Described = { readonly name: string; readonly kind: DefenseKind | 'control'; readonly card: Partial<Card> };

const dpSgdPaper = 'https://arxiv.org/abs/1607.00133';

const dpSgd = (id: keyof typeof privacyAccounts): Described => {
  const { clippingNorm: c, noiseMultiplier: sigma, rdp, delta } = privacyAccounts[id];
  return {
    name: `DP-SGD, C ${c}, σ ${sigma}`,
    kind: 'shape',
    card: {
      description: `Each example’s whole gradient clipped to norm ${c}, Gaussian noise of standard deviation ${sigma} times that added to the sum: the exemplar of gradient shaping. On the 60,000 rows of FashionMNIST (q = 256/60,000, 702 steps) ε ≤ ${rdp} at δ = 1e-5 by RDP, rows added or removed.`,
      paper: dpSgdPaper,
      claims: { epsilon: rdp, delta },
    },
  };
};

/**
 * What each baseline is called and declares. None was tuned on a held-out suite; what was chosen on public data says
 * so.
 */
export const described: Record<BaselineId, Described> = {
  none: {
    name: 'No defense',
    kind: 'shape',
    card: { description: 'Plain SGD: what every other row is measured against.' },
  },
  'dp-sgd': dpSgd('dp-sgd'),
  'dp-sgd-c1-s1': dpSgd('dp-sgd-c1-s1'),
  'dp-sgd-c1-s2': dpSgd('dp-sgd-c1-s2'),
  'dp-sgd-c0.1-s1': dpSgd('dp-sgd-c0.1-s1'),
  'clip-only': {
    name: 'Clipping only, C 1',
    kind: 'shape',
    card: {
      description: 'DP-SGD without its noise: bounds each example’s pull, and is not private.',
      paper: dpSgdPaper,
    },
  },
  'clip-only-c0.1': {
    name: 'Clipping only, C 0.1',
    kind: 'shape',
    card: {
      description: 'DP-SGD without its noise, clipped to a tenth: most examples pull equally hard. Not private.',
      paper: dpSgdPaper,
    },
  },
  'noise-only': {
    name: 'Noise only, std 0.5',
    kind: 'shape',
    card: {
      description: 'DP-SGD without its clipping: noise of standard deviation 0.5 on the summed gradient. Not private.',
      paper: dpSgdPaper,
    },
  },
  'batch-clip': {
    name: 'Batch clipping and noise (not DP), C 1, σ 0.5',
    kind: 'shape',
    card: {
      description:
        'Not DP: the mean gradient of the batch clipped to norm 1, not each example’s, and the noise of DP-SGD with σ 0.5. One example may turn the batch.',
      paper: 'https://arxiv.org/abs/2009.02276',
    },
  },
  'oracle-filter': {
    name: 'Oracle filter',
    kind: 'control',
    card: {
      description:
        'A control that knows the truth: leaves out exactly the poison, and trains on the rest. What a perfect filter would reach.',
    },
  },
  'random-filter': {
    name: 'Random filter',
    kind: 'control',
    card: {
      description:
        'A control that knows how much poison there is: leaves out as many rows, at random. What a filter must beat.',
    },
  },
  'trimmed-loss': {
    name: 'Trimmed loss, 20 %',
    kind: 'filter',
    card: {
      description:
        'Iterative trimmed loss: trains, leaves out the rows of the largest loss in each label, and trains again, three times. Assumes a poison rate of 20 %, the largest of the public suites, and leaves out as much.',
      paper: 'https://arxiv.org/abs/1810.11874',
      needsPoisonRate: true,
    },
  },
  sever: {
    name: 'SEVER, 10 %',
    kind: 'filter',
    card: {
      description:
        'Trains and leaves out, in each label, the rows whose last-layer gradients lie farthest along the direction in which they vary most; four rounds. Assumes a poison rate of 10 %: each round leaves out 5 % of what is left.',
      paper: 'https://arxiv.org/abs/1803.02815',
      needsPoisonRate: true,
    },
  },
  'sphere-slab': {
    name: 'Sphere and slab, 5 %',
    kind: 'filter',
    card: {
      description:
        'Leaves out the 5 % of each label’s rows farthest from its median picture, and the 5 % farthest from it along the line to the nearest other one. The shares are fixed and were not tuned; no poison rate is assumed.',
      paper: 'https://arxiv.org/abs/1706.03691',
    },
  },
  'spectral-signatures': {
    name: 'Spectral signatures, 1 %',
    kind: 'filter',
    card: {
      description:
        'Leaves out the rows that stand out along the direction in which the features of their label vary most. Assumes a backdoor whose poison is 1 % of all rows and bears one label that is not known: 1.5 % of all rows leave each label.',
      paper: 'https://arxiv.org/abs/1811.00636',
      needsPoisonRate: true,
    },
  },
  'activation-clustering': {
    name: 'Activation clustering',
    kind: 'filter',
    card: {
      description:
        'Splits the features of each label in two; a part of less than 35 % leaves if a model trained without it calls most of it by another label. No poison rate is assumed; the paper’s thresholds.',
      paper: 'https://arxiv.org/abs/1811.03728',
    },
  },
  'deep-knn': {
    name: 'Deep k-NN, k 50',
    kind: 'filter',
    card: {
      description:
        'Leaves out the rows whose 50 nearest among 2,500 reference rows, by the features of a model trained on all, mostly bear one other label. No poison rate is assumed.',
      paper: 'https://arxiv.org/abs/1909.13374',
    },
  },
  dpa: {
    name: 'DPA, 50 parts',
    kind: 'train',
    card: {
      description:
        'Deep partition aggregation: 50 models on disjoint parts, chosen by a hash of the pixels, vote. A row changes one vote at most, so that the votes certify accuracy against so many rows, a replaced one counting as two.',
      paper: 'https://arxiv.org/abs/2006.14768',
    },
  },
};
