import type { AttackId } from '../../lib/benchmark/ids.ts';
import type { DefinedAttack } from './attack.ts';
import { badnets } from './badnets.ts';
import { confidenceFlip } from './confidence-flip.ts';
import { labelFlip } from './label-flip.ts';
import { targetInsertion } from './target-insertion.ts';

export const attacks: Record<AttackId, DefinedAttack> = {
  'label-flip': labelFlip,
  'confidence-flip': confidenceFlip,
  'target-insertion': targetInsertion,
  badnets,
};
