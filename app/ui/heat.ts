/**
 * The class of a robustness on the heat map: eleven steps from 0, no better than no defense, to 1; below 0 hatched.
 * Each has its own text color.
 */
export function heatClass(value: number): string {
  if (value < -0.005) return 'heat-below';
  return steps[Math.max(0, Math.min(10, Math.round(10 * value)))]!;
}

const steps = [
  'heat-0',
  'heat-1',
  'heat-2',
  'heat-3',
  'heat-4',
  'heat-5',
  'heat-6',
  'heat-7',
  'heat-8',
  'heat-9',
  'heat-10',
];
