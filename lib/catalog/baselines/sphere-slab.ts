import type { DescribedBaseline } from './described-baseline.ts';

export const sphereSlab = {
  name: 'Sphere and slab, 5 %',
  shortName: 'Sphere and slab',
  kind: 'filter',
  role: 'reference',
  card: {
    description:
      'Leaves out the 5 % of each label’s rows farthest from its median picture, and the 5 % farthest from it along the line to the nearest other one. The shares are fixed and were not tuned; no poison rate is assumed.',
    paper: 'https://arxiv.org/abs/1706.03691',
  },
} satisfies DescribedBaseline;
