import type { DescribedBaseline } from './described-baseline.ts';

export const clipOnlyC01 = {
  name: 'Clipping only, C 0.1',
  shortName: 'Clipping, C 0.1',
  kind: 'shape',
  role: 'reference',
  card: {
    description: 'DP-SGD without its noise, clipped to a tenth: most examples pull equally hard. Not private.',
    paper: 'https://arxiv.org/abs/1607.00133',
  },
} satisfies DescribedBaseline;
