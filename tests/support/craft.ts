import type { Craft } from '../../lib/contract/attack.ts';
import type { LabeledSet } from '../../lib/contract/defense.ts';
import { noBounds } from '../../runner/craft/attacks/room.ts';
import { rootOf } from '../../runner/random/rng.ts';

/**
 * What an attack is given in a test of it alone: no candidates, no points and no surrogate unless they are among the
 * changes.
 */
export const craftOn =
  (clean: LabeledSet, test: LabeledSet) =>
  (budget: number, params: unknown, changes: Partial<Craft<unknown>> = {}): Craft<unknown> => ({
    clean,
    test,
    room: noBounds(clean),
    budget,
    params,
    rng: rootOf('seed'),
    candidates: new Int32Array(),
    points: [],
    surrogate: () => Promise.reject(new Error('no surrogate is wanted')),
    ...changes,
  });
