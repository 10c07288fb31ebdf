import type { AttackId } from '../contract/ids.ts';

/**
 * The test rows that an attack is about, whatever its family: all of them, those of one class or cluster, chosen
 * targets, or all of the other classes under its trigger. A family says how an attacker works; its aim says what is
 * measured, and how much of it is a bite.
 */
export type AimKind = 'everything' | 'group' | 'targets' | 'triggered';

const aims: Record<AttackId, AimKind> = {
  'label-flip': 'everything',
  'pair-flip': 'everything',
  'confidence-flip': 'everything',
  'one-class-flip': 'group',
  ops: 'everything',
  slab: 'everything',
  badnets: 'triggered',
  blend: 'triggered',
  'target-insertion': 'targets',
  'cluster-flip': 'group',
  'clip-rate': 'triggered',
  'adap-blend': 'triggered',
  'near-clone-slab': 'everything',
};

export const aimOf = (attack: AttackId): AimKind => aims[attack];

/** The least effect, in robust accuracy, for a cell to count. */
const gates: Record<AimKind, number> = { everything: 0.03, group: 0.1, targets: 0.1, triggered: 0.5 };

export const gateOf = (attack: AttackId): number => gates[aims[attack]];

/** Whether the attacker wants a certain label, so that there is a success beside the damage. */
export const wantsLabel = (attack: AttackId): boolean => aims[attack] !== 'everything';
