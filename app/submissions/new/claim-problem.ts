import { Card } from '@/lib/contract/card.ts';
import { plainNumber } from '@/lib/contract/plain-number.ts';
import { plainLine } from '@/lib/plain-text.ts';

/** What is wrong with a claim as it was typed, in one sentence; null where nothing is, or nothing is claimed. */
export function claimProblem({ epsilon, delta }: { epsilon: string; delta: string }): string | null {
  if (!epsilon.trim() && !delta.trim()) return null;
  const claim = Card.shape.claims.unwrap().shape;
  if (!claim.epsilon.safeParse(plainNumber(epsilon)).success)
    return `Claimed ε: a number above 0 is wanted, such as 1.5; ${what(epsilon)} came.`;
  if (!claim.delta.safeParse(plainNumber(delta)).success)
    return `At δ: a number between 0 and 1 is wanted, such as 1e-5; ${what(delta)} came.`;
  return null;
}

const what = (text: string) => (text.trim() ? `“${plainLine(text).slice(0, 40)}”` : 'nothing');
