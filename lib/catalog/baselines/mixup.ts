import type { DescribedBaseline } from './described-baseline.ts';

export const mixup = {
  name: 'Mixup, α 1',
  shortName: 'Mixup',
  kind: 'train',
  role: 'reference',
  scoring: 2,
  card: {
    description:
      'Trains on mixtures of two rows with the same mixture of their labels, two for each row, drawn before training. Shares are drawn from Beta(1, 1).',
    paper: 'https://arxiv.org/abs/1710.09412',
  },
} satisfies DescribedBaseline;
