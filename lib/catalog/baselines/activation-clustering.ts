import type { DescribedBaseline } from './described-baseline.ts';

export const activationClustering = {
  name: 'Activation clustering',
  shortName: 'Activation clustering',
  kind: 'filter',
  role: 'reference',
  card: {
    description:
      'Splits the features of each label in two; a part of less than 35 % leaves if a model trained without it calls most of it by another label. No poison rate is assumed; the paper’s thresholds.',
    paper: 'https://arxiv.org/abs/1811.03728',
  },
} satisfies DescribedBaseline;
