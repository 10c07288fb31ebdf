import { z } from 'zod';

/** A share of the training rows, above 0 and at most 1. */
export const PoisonRate = z.number().positive().max(1);

/** ⌊rate·n⌋, forgiving what binary fractions do to .29 · 100. */
export const rowsAtRate = (n: number, rate: number) => Math.floor(rate * n + 1e-6);

/** A number of poisoned rows for each target. */
export const PoisonCount = z.int().positive();
