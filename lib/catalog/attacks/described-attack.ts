import type { AttackFacts } from '../../contract/attack.ts';

/** An attack in words, as people read of it. */
export type DescribedAttack = Omit<AttackFacts, 'source'> & {
  readonly title: string;
  /** One sentence: what is done to the training set. */
  readonly does: string;
  /** What the attacker may change, and what it knows. */
  readonly threatModel: string;
  /** The attacked rows: those whose share of true labels is scored. */
  readonly measured: string;
  /** What the clean row beside a poison row is to it. */
  readonly original: string;
  readonly source: NonNullable<AttackFacts['source']>;
};
