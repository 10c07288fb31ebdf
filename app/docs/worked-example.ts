import { collateral, heldAgainst, keptByFailure, keptOf, type Left } from '@/lib/scoring/version-2/kept.ts';
import { shareOf } from '@/lib/scoring/version-2/shares.ts';

/** One backdoor, one seed, and of its classes the target alone: the classes whose recall must hold. */
const standard = { recalls: [0.8], cap: 0.85, others: [0] };
/** Recall of the target by the defense's own clean run. */
const own = [0.76];

const of = (robustAccuracy: number, recall: number): Left => ({ robustAccuracy, recalls: [recall] });
const none = of(0.05, 0.82);
const undefended = keptOf(standard, standard.recalls, none);
const shareWith = (kept: number) => shareOf(kept, undefended, standard.cap);

const runWith = (left: Left) => {
  const kept = keptOf(standard, own, left);
  return { left, collateral: collateral(standard, own, left.recalls), kept, share: shareWith(kept) };
};
const failure = keptByFailure(standard, own, undefended);

/** Plain SGD of two lengths: clean accuracy, and what is kept under this attack. */
const lengths = [
  { steps: 80, clean: 0.8, kept: 0.45 },
  { steps: 120, clean: 0.84, kept: 0.21 },
] as const;
const clean = 0.82;
const lot = (clean - lengths[1].clean) / (lengths[0].clean - lengths[1].clean);
const rival = lot * lengths[0].kept + (1 - lot) * lengths[1].kept;

/** The numbers of the page's example, by the code that scores. */
export const workedExample = {
  cap: standard.cap,
  recall: standard.recalls[0]!,
  own: own[0]!,
  reference: heldAgainst(standard.recalls[0]!, own[0]!),
  none,
  undefended,
  defense: runWith(of(0.67, 0.6)),
  veto: runWith(of(0.8, 0)),
  failed: { kept: failure, share: shareWith(failure) },
  gain: { lengths, clean, lot, rival, share: shareWith(rival) },
};
