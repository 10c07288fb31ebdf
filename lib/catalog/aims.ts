import type { AimKind, AttackFacts } from '../contract/attack.ts';
import type { Rules } from '../contract/suite.ts';

type Aiming = Pick<AttackFacts, 'aim'>;

/**
 * The least effect for a cell to count, by the version of the rules that score it. Small effects make shares of them
 * wild.
 */
const gates: Record<Rules['scoring'], Record<AimKind, number>> = {
  1: { everything: 0.03, group: 0.1, targets: 0.1, triggered: 0.5 },
  2: { everything: 0.1, group: 0.1, targets: 0.1, triggered: 0.5 },
};

export const gateOf = ({ aim }: Aiming, { scoring }: Pick<Rules, 'scoring'>): number => gates[scoring][aim];

/** Whether the attacker wants a certain label, so that there is a success beside the damage. */
export const wantsLabel = ({ aim }: Aiming): boolean => aim !== 'everything';
