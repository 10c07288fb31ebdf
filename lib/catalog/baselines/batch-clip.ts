import type { DescribedBaseline } from './described-baseline.ts';

export const batchClip = {
  name: 'Batch clipping and noise (not DP), C 1, σ 0.5',
  shortName: 'Batch clipping',
  kind: 'shape',
  role: 'reference',
  card: {
    description:
      'Not DP: the mean gradient of the batch clipped to norm 1, not each example’s, and the noise of DP-SGD with σ 0.5. One example may turn the batch.',
    paper: 'https://arxiv.org/abs/2009.02276',
  },
} satisfies DescribedBaseline;
