import { readFileSync } from 'node:fs';
import { distPath } from '../host/dist.ts';

/** A baseline's module, as built. */
export const builtModule = (id: string): string => readFileSync(distPath('baselines', `${id}.mjs`), 'utf8');
