import type { DescribedBaseline } from './described-baseline.ts';

export const dpa = {
  name: 'DPA, 50 parts',
  shortName: 'DPA',
  kind: 'train',
  role: 'reference',
  card: {
    description:
      'Deep partition aggregation: 50 models on disjoint parts, chosen by a hash of the pixels, vote. A row changes one vote at most, so that the votes certify accuracy against so many rows, a replaced one counting as two.',
    paper: 'https://arxiv.org/abs/2006.14768',
  },
} satisfies DescribedBaseline;
