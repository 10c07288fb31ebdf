import type { Reference } from '../report.ts';

/** The undefended numbers of every published suite, one per backend; made by `antidote suite calibrate` and frozen with the suite. */
export const references: readonly Reference[] = [];
