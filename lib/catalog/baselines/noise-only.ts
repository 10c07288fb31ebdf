import type { DescribedBaseline } from './described-baseline.ts';

export const noiseOnly = {
  name: 'Noise only, std 0.5',
  shortName: 'Noise only',
  kind: 'shape',
  role: 'reference',
  card: {
    description: 'DP-SGD without its clipping: noise of standard deviation 0.5 on the summed gradient. Not private.',
    paper: 'https://arxiv.org/abs/1607.00133',
  },
} satisfies DescribedBaseline;
