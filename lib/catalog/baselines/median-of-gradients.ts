import type { DescribedBaseline } from './described-baseline.ts';

export const medianOfGradients = {
  name: 'Median of gradients, 10 shards',
  shortName: 'Gradient median',
  kind: 'shape',
  role: 'reference',
  scoring: 2,
  card: {
    description:
      'Splits each batch into 10 shards and steps by the median of their mean gradients, coordinate by coordinate.',
    paper: 'https://arxiv.org/abs/1803.01498',
  },
} satisfies DescribedBaseline;
