import type { DescribedBaseline } from './described-baseline.ts';

export const finiteAggregation = {
  name: 'Finite aggregation, k 50, d 2',
  shortName: 'Finite aggregation',
  kind: 'train',
  role: 'reference',
  scoring: 2,
  membersPerRow: 2,
  card: {
    description:
      'Rows go to 100 parts by a hash of their pixels, each part to 2 of 100 models, and the models vote. A row changes two votes at most.',
    paper: 'https://arxiv.org/abs/2202.02628',
  },
} satisfies DescribedBaseline;
