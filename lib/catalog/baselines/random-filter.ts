import type { DescribedBaseline } from './described-baseline.ts';

export const randomFilter = {
  name: 'Random filter',
  shortName: 'Random filter',
  kind: 'control',
  role: 'control',
  card: {
    description:
      'A control that knows how much poison there is: leaves out as many rows, at random. What a filter must beat.',
  },
} satisfies DescribedBaseline;
