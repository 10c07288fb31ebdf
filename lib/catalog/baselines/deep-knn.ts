import type { DescribedBaseline } from './described-baseline.ts';

export const deepKnn = {
  name: 'Deep k-NN, k 50',
  shortName: 'Deep k-NN',
  kind: 'filter',
  role: 'reference',
  card: {
    description:
      'Leaves out the rows whose 50 nearest among 2,500 reference rows, by the features of a model trained on all, mostly bear one other label. No poison rate is assumed.',
    paper: 'https://arxiv.org/abs/1909.13374',
  },
} satisfies DescribedBaseline;
