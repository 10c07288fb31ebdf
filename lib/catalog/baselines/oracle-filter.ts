import type { DescribedBaseline } from './described-baseline.ts';

export const oracleFilter = {
  name: 'Oracle filter',
  shortName: 'Oracle filter',
  kind: 'control',
  role: 'upper bracket',
  card: {
    description:
      'A control that knows the truth: leaves out exactly the poison, and trains on the rest. What a perfect filter would reach.',
  },
} satisfies DescribedBaseline;
