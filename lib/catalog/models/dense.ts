import type { Layer } from '../../contract/defense.ts';

/** Hidden layers of those widths with ReLU, then one linear output per class. */
export const denseLayers = (hidden: readonly number[], classes: number): Layer[] => [
  ...hidden.map((units): Layer => ({ kind: 'dense', units, activation: 'relu' })),
  { kind: 'dense', units: classes, activation: 'linear' },
];
