import collision from './results.collision.json' with { type: 'json' };
import convolution from './results.convolution.json' with { type: 'json' };
import flips from './results.flips.json' with { type: 'json' };
import insertion from './results.insertion.json' with { type: 'json' };
import slab from './results.slab.json' with { type: 'json' };
import targeted from './results.targeted.json' with { type: 'json' };
import { partResultSchema } from './results.ts';
import type { Results } from './table.ts';

/**
 * What was measured, as it is committed: by `antidote paper`, one file a part. A part that was not run yet is not
 * there.
 */
export const results: Results = {
  flips: partResultSchema('flips').parse(flips),
  slab: partResultSchema('slab').parse(slab),
  insertion: partResultSchema('insertion').parse(insertion),
  convolution: partResultSchema('convolution').parse(convolution),
  collision: partResultSchema('collision').parse(collision),
  targeted: partResultSchema('targeted').parse(targeted),
};
