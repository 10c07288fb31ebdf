import type { Family } from '../../contract/ids.ts';
import type { Scores } from '../../contract/report.ts';
import type { Suite } from '../../contract/suite.ts';

/**
 * The family in which an entry surely leaves more damage than no defense: the worst one, where its interval says so.
 */
export const worsenedFamily = ({ rules }: Suite, { worst }: Pick<Scores, 'worst'>): Family | null =>
  rules.scoring === 2 && worst !== null && worst.high !== null && worst.high < 0 ? (worst.family as Family) : null;
