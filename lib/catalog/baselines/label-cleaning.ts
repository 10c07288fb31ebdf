import type { DescribedBaseline } from './described-baseline.ts';

export const labelCleaning = {
  name: 'Label cleaning, 5 folds',
  shortName: 'Label cleaning',
  kind: 'filter',
  role: 'reference',
  scoring: 2,
  card: {
    description:
      'Confident learning: leaves out the rows that a model trained without them is confident to be of another class, by the confident joint of five folds; half of a label at most.',
    paper: 'https://arxiv.org/abs/1911.00068',
  },
} satisfies DescribedBaseline;
