import type { Runtime } from '../../../lib/contract/runtime.ts';
import type { Guest } from './guest.ts';
import { nodeGuest } from './node.ts';
import { pythonGuest } from './python.ts';

/** Every guest there is. Another one brings its file here, and its line. */
export const guests = {
  javascript: nodeGuest,
  'python:numpy': () => pythonGuest('numpy'),
  'python:jax': () => pythonGuest('jax'),
  'python:torch': () => pythonGuest('torch'),
} satisfies Record<Runtime, () => Guest>;

/**
 * Whether the guest trains with the rows that a filter weighed. Else it leaves their weights, and the harness trains.
 */
export const trainsItsFilters = (runtime: Runtime): boolean => runtime === 'javascript';
