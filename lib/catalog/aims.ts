import type { AimKind, AttackFacts } from '../contract/attack.ts';

type Aiming = Pick<AttackFacts, 'aim'>;

/** The least effect, in robust accuracy, for a cell to count. */
const gates: Record<AimKind, number> = { everything: 0.03, group: 0.1, targets: 0.1, triggered: 0.5 };

export const gateOf = ({ aim }: Aiming): number => gates[aim];

/** Whether the attacker wants a certain label, so that there is a success beside the damage. */
export const wantsLabel = ({ aim }: Aiming): boolean => aim !== 'everything';
