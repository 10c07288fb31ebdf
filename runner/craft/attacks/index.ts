import type { AttackId } from '../../../lib/catalog/attacks/index.ts';
import { known } from '../../../lib/catalog/known.ts';
import type { SeasonProbeId } from '../../../lib/catalog/probes.ts';
import { adapBlend } from './adap-blend.ts';
import { badnets } from './badnets.ts';
import { badnetsAllToAll } from './badnets-all-to-all.ts';
import { blend } from './blend.ts';
import { classSwap } from './class-swap.ts';
import { clipRate } from './clip-rate.ts';
import { clusterFlip } from './cluster-flip.ts';
import { clusterSwap } from './cluster-swap.ts';
import { confidenceFlip } from './confidence-flip.ts';
import type { CheckedAttack, DefinedAttack } from './define-attack.ts';
import { gradientMatching } from './gradient-matching.ts';
import { labelConsistent } from './label-consistent.ts';
import { labelFlip } from './label-flip.ts';
import { nearCloneSlab } from './near-clone-slab.ts';
import { oneClassFlip } from './one-class-flip.ts';
import { ops } from './ops.ts';
import { pairFlip } from './pair-flip.ts';
import { renamedClasses } from './renamed-classes.ts';
import { shuffledLabels } from './shuffled-labels.ts';
import { sig } from './sig.ts';
import { slab } from './slab.ts';
import { targetInsertion } from './target-insertion.ts';

/**
 * How every attack is crafted, but for the probes of seasons (../season/probes); the compiler names one that
 * lib/catalog/attacks lists and both lists lack.
 */
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
} satisfies Record<Exclude<AttackId, SeasonProbeId>, DefinedAttack>;

/** Throws RangeError with the known names. */
export const craftedBy = (id: string): CheckedAttack => known('attack', attacks, id);
