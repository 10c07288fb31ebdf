import type { DescribedBaseline } from './described-baseline.ts';

export const sever = {
  name: 'SEVER, 10 %',
  shortName: 'SEVER',
  kind: 'filter',
  role: 'reference',
  card: {
    description:
      'Trains and leaves out, in each label, the rows whose last-layer gradients lie farthest along the direction in which they vary most; four rounds. Assumes a poison rate of 10 %: each round leaves out 5 % of what is left.',
    paper: 'https://arxiv.org/abs/1803.02815',
    needsPoisonRate: true,
  },
} satisfies DescribedBaseline;
