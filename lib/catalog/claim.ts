import type { Card } from '../contract/card.ts';
import type { Suite } from '../contract/suite.ts';
import type { PrivacyAccount, PrivacyBound } from './baselines/described-baseline.ts';
import { type BaselineId, privacyAccountOf } from './baselines/index.ts';

/** Verified of the harness's own module, told by its sha256, for it is known what it does; claimed of any other. */
export type ClaimStanding = 'verified' | 'claimed';

/** (ε, δ) and how they come about, which is known of a verified one alone. */
export type PrivacyClaim = { readonly epsilon: number; readonly delta: number } & (
  | { readonly standing: 'verified'; readonly account: PrivacyAccount; readonly bound: PrivacyBound }
  | { readonly standing: 'claimed'; readonly account: null }
);

/** Training rows of the suite's trials, where they are known without its data: those on FashionMNIST. */
export function rowsOfSuite({ rules, scenarios }: Pick<Suite, 'rules' | 'scenarios'>): number | null {
  if (!scenarios.some(({ dataset }) => dataset === 'fashion-mnist')) return null;
  return rules.hygiene === 2 ? 30_000 : 60_000;
}

/**
 * What a module with this card promises; `own` is the baseline that it is to the byte, whoever submitted it and
 * whatever its card says. ε depends on how many rows there are. Null where nothing is promised. Adding or removing one
 * row; the attacks replace rows, and k replaced rows need 2k.
 */
export function privacyClaimOf(
  { claims }: Pick<Card, 'claims'>,
  own: BaselineId | null,
  rows: number | null,
): PrivacyClaim | null {
  const account = privacyAccountOf(own);
  const bound = account?.bounds.find((one) => one.rows === rows);
  if (account && bound) return { epsilon: bound.rdp, delta: account.delta, standing: 'verified', account, bound };
  return claims ? { ...claims, standing: 'claimed', account: null } : null;
}
