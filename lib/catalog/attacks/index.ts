import { z } from 'zod';
import type { AttackFacts } from '../../contract/attack.ts';
import type { Suite } from '../../contract/suite.ts';
import { known } from '../known.ts';
import { adapBlend } from './adap-blend.ts';
import { badnets } from './badnets.ts';
import { badnetsAllToAll } from './badnets-all-to-all.ts';
import { blend } from './blend.ts';
import { classSwap } from './class-swap.ts';
import { clipRate } from './clip-rate.ts';
import { clusterFlip } from './cluster-flip.ts';
import { clusterSwap } from './cluster-swap.ts';
import { confidenceFlip } from './confidence-flip.ts';
import type { DescribedAttack } from './described-attack.ts';
import { fewRows } from './few-rows.ts';
import { gradientMatching } from './gradient-matching.ts';
import { labelConsistent } from './label-consistent.ts';
import { labelFlip } from './label-flip.ts';
import { nearCloneSlab } from './near-clone-slab.ts';
import { oneClassFlip } from './one-class-flip.ts';
import { ops } from './ops.ts';
import { otherWorld } from './other-world.ts';
import { pairFlip } from './pair-flip.ts';
import { renamedClasses } from './renamed-classes.ts';
import { shuffledLabels } from './shuffled-labels.ts';
import { sig } from './sig.ts';
import { slab } from './slab.ts';
import { targetInsertion } from './target-insertion.ts';

/** Every attack of the benchmark; how it is crafted stands in runner/craft/attacks under the same name. */
export const attacks = {
  'label-flip': labelFlip,
  'pair-flip': pairFlip,
  'confidence-flip': confidenceFlip,
  'one-class-flip': oneClassFlip,
  ops,
  slab,
  badnets,
  'badnets-all-to-all': badnetsAllToAll,
  blend,
  'label-consistent': labelConsistent,
  sig,
  'target-insertion': targetInsertion,
  'gradient-matching': gradientMatching,
  'cluster-flip': clusterFlip,
  'cluster-swap': clusterSwap,
  'clip-rate': clipRate,
  'adap-blend': adapBlend,
  'near-clone-slab': nearCloneSlab,
  'class-swap': classSwap,
  'renamed-classes': renamedClasses,
  'shuffled-labels': shuffledLabels,
  'other-world': otherWorld,
  'few-rows': fewRows,
} satisfies Record<string, DescribedAttack>;

export type AttackId = keyof typeof attacks;
export const AttackId = z.enum(Object.keys(attacks) as AttackId[]);

/** Throws RangeError with the known names. */
export const attackNamed = (id: string): DescribedAttack => known('attack', attacks, id);

/** What scoring asks of an attack that the suite names: one of its own, or one of the list. */
export const attackOf = ({ attacks: own }: Pick<Suite, 'attacks'>, id: string): AttackFacts =>
  own?.[id] ?? attackNamed(id);
