import type { DescribedBaseline } from './described-baseline.ts';

export const abl = {
  name: 'Anti-backdoor learning, 1 %',
  shortName: 'ABL',
  kind: 'train',
  role: 'reference',
  scoring: 2,
  card: {
    description:
      'Anti-backdoor learning: isolates the 1 % of rows whose loss is least after a short training, trains as usual, and unlearns the isolated rows beside others that keep their labels. Without the paper’s local gradient ascent. Assumes that at least so many rows bear a trigger.',
    paper: 'https://arxiv.org/abs/2110.11571',
    needsPoisonRate: true,
  },
} satisfies DescribedBaseline;
