import type { Weights } from '../../lib/contract/defense.ts';
import { DefenseFailed } from '../errors.ts';

/** What the members of an ensemble take to predict, in a trial. */
export type VoteClock = {
  /** What each member says, one after the other. Throws DefenseFailed (timed-out) where they take too long. */
  labels(members: readonly Weights[], labelsBy: (weights: Weights) => Int32Array): Int32Array[];
  /** That of the members beyond the first, so far. */
  seconds(): number;
};

/**
 * To predict with one model is the harness's affair; what an ensemble takes beyond that is a cost of the defense, and
 * may take `limitSeconds` in all.
 */
export function voteClock(limitSeconds: number, now: () => number = () => performance.now() / 1000): VoteClock {
  let spent = 0;
  return {
    labels: (members, labelsBy) =>
      members.map((weights, index) => {
        const begun = now();
        const labels = labelsBy(weights);
        if (index > 0) spent += now() - begun;
        if (spent <= limitSeconds) return labels;
        throw new DefenseFailed(
          'timed-out',
          `The votes of ${members.length} sets of weights took longer than the ${limitSeconds.toFixed(0)} s that training left.`,
        );
      }),
    seconds: () => spent,
  };
}
