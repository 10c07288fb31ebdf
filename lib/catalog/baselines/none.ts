import type { DescribedBaseline } from './described-baseline.ts';

export const none = {
  name: 'No defense',
  shortName: 'No defense',
  kind: 'shape',
  role: 'lower bracket',
  card: {
    description: 'Plain SGD: what every other row is measured against.',
  },
} satisfies DescribedBaseline;
