import type { DescribedBaseline } from './described-baseline.ts';

export const spectralSignatures = {
  name: 'Spectral signatures, 1 %',
  shortName: 'Spectral signatures',
  kind: 'filter',
  role: 'reference',
  card: {
    description:
      'Leaves out the rows that stand out along the direction in which the features of their label vary most. Assumes a backdoor whose poison is 1 % of all rows and bears one label that is not known: 1.5 % of all rows leave each label.',
    paper: 'https://arxiv.org/abs/1811.00636',
    needsPoisonRate: true,
  },
} satisfies DescribedBaseline;
