import { z } from 'zod';

/**
 * Gradient shaping as the paper sets it: each example's whole gradient clipped to C, Gaussian noise of an absolute
 * standard deviation on the *sum*.
 */
export type Shaping = {
  /** C; null: not clipped at all, which the source writes as 100. */
  readonly clipNorm: number | null;
  /** Of the noise on the sum, per coordinate; the noise multiplier σ is this over C. */
  readonly noiseStd: number;
};

export const ShapingId = z.enum([
  'none',
  'clip-0.1',
  'clip-1',
  'clip-2',
  'clip-4',
  'clip-8',
  'noise-1e-5',
  'noise-1e-3',
  'noise-0.01',
  'noise-0.1',
  'noise-1',
]);
export type ShapingId = z.infer<typeof ShapingId>;

const noisy = (noiseStd: number): Shaping => ({ clipNorm: 4, noiseStd });
const clipped = (clipNorm: number): Shaping => ({ clipNorm, noiseStd: 0 });

/** By id. Noise comes with C = 4, as in the source. */
export const shapings: Record<ShapingId, Shaping> = {
  none: { clipNorm: null, noiseStd: 0 },
  'clip-0.1': clipped(0.1),
  'clip-1': clipped(1),
  'clip-2': clipped(2),
  'clip-4': clipped(4),
  'clip-8': clipped(8),
  'noise-1e-5': noisy(1e-5),
  'noise-1e-3': noisy(1e-3),
  'noise-0.01': noisy(0.01),
  'noise-0.1': noisy(0.1),
  'noise-1': noisy(1),
};
