import type { Guest } from './guest.ts';
import { nodeGuest } from './node.ts';

/** Every guest there is. Another one brings its file here and its line. */
export const guests = { node: nodeGuest } satisfies Record<string, () => Guest>;
