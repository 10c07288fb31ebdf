import type { SeasonProbeId } from '../../../../lib/catalog/probes.ts';
import type { CheckedAttack, DefinedAttack } from '../../attacks/define-attack.ts';
import { craftedBy } from '../../attacks/index.ts';
import { fewRows } from './few-rows.ts';
import { otherWorld } from './other-world.ts';

/** How the probes are crafted that only seasons have. They are no part of what computes a trial. */
export const probes = {
  'other-world': otherWorld,
  'few-rows': fewRows,
} satisfies Record<SeasonProbeId, DefinedAttack>;

/** Every attack and every probe. Throws RangeError with the known names. */
export const craftedInSeason = (id: string): CheckedAttack =>
  Object.hasOwn(probes, id) ? probes[id as SeasonProbeId] : craftedBy(id);
