import type { DescribedBaseline } from './described-baseline.ts';

export const trimmedLoss = {
  name: 'Trimmed loss, 20 %',
  shortName: 'Trimmed loss',
  kind: 'filter',
  role: 'reference',
  card: {
    description:
      'Iterative trimmed loss: trains, leaves out the rows of the largest loss in each label, and trains again, three times. Assumes a poison rate of 20 %, the largest of the public suites, and leaves out as much.',
    paper: 'https://arxiv.org/abs/1810.11874',
    needsPoisonRate: true,
  },
} satisfies DescribedBaseline;
