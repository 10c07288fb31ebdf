import type { DescribedBaseline } from './described-baseline.ts';

export const clipOnly = {
  name: 'Clipping only, C 1',
  shortName: 'Clipping, C 1',
  kind: 'shape',
  role: 'reference',
  card: {
    description: 'DP-SGD without its noise: bounds each example’s pull, and is not private.',
    paper: 'https://arxiv.org/abs/1607.00133',
  },
} satisfies DescribedBaseline;
