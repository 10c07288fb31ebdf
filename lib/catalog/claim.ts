import type { Card } from '../contract/card.ts';
import type { PrivacyAccount } from './baselines/described-baseline.ts';
import { type BaselineId, privacyAccountOf } from './baselines/index.ts';

/** Verified of the harness's own module, told by its sha256, for it is known what it does; claimed of any other. */
export type ClaimStanding = 'verified' | 'claimed';

/** (ε, δ) and how they come about, which is known of a verified one alone. */
export type PrivacyClaim = { readonly epsilon: number; readonly delta: number } & (
  | { readonly standing: 'verified'; readonly account: PrivacyAccount }
  | { readonly standing: 'claimed'; readonly account: null }
);

/**
 * What a module with this card promises; `own` is the baseline that it is to the byte, whoever submitted it and
 * whatever its card says. Null where nothing is promised. Adding or removing one row; the attacks replace rows, and k
 * replaced rows need 2k.
 */
export function privacyClaimOf({ claims }: Pick<Card, 'claims'>, own: BaselineId | null): PrivacyClaim | null {
  const account = privacyAccountOf(own);
  if (account) return { epsilon: account.rdp, delta: account.delta, standing: 'verified', account };
  return claims ? { ...claims, standing: 'claimed', account: null } : null;
}
