import type { Card } from './card.ts';
import type { Sha256 } from './ids.ts';

/** (ε, δ) of a card: verified where the module is the harness's own, by its sha256, so that it is known what it does; claimed of any other. */
export type PrivacyClaim = { readonly epsilon: number; readonly delta: number; readonly standing: 'verified' | 'claimed' };

/** Null where the card claims nothing. Adding or removing one row; the attacks replace rows, and k replaced rows need 2k. */
export const privacyClaimOf = ({ claims }: Pick<Card, 'claims'>, module: Sha256, own: readonly Sha256[]): PrivacyClaim | null =>
  claims ? { ...claims, standing: own.includes(module) ? 'verified' : 'claimed' } : null;
