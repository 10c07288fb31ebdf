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
