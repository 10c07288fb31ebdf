import type { DescribedBaseline } from './described-baseline.ts';

export const adaptiveClip = {
  name: 'Adaptive clipping, median',
  shortName: 'Adaptive clipping',
  kind: 'shape',
  role: 'reference',
  scoring: 2,
  card: {
    description:
      'Clips each example’s gradient to the median norm of its batch. No norm is chosen beforehand, and no noise is added. Not private.',
    paper: 'https://arxiv.org/abs/1905.03871',
  },
} satisfies DescribedBaseline;
