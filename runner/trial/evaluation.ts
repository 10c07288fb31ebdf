import type { UsualBackend } from '../../lib/contract/ids.ts';
import type { Suite } from '../../lib/contract/suite.ts';
import type { CheckedDefense } from '../defenses/checked-defense.ts';
import type { JailKind } from '../jail/jail.ts';

/**
 * What all trials of a defense on a suite have in common. Made once, and sent whole to each process that runs trials.
 */
export type Evaluation = {
  readonly suite: Suite;
  /** Where it lies built, in a folder of its id; `suites` in ANTIDOTE_DATA unless said. */
  readonly suites?: string;
  readonly defense: CheckedDefense;
  /** What predicts, and what trains with the rows of a filter. A guest in JavaScript trains on it, too. */
  readonly backend: UsualBackend;
  readonly jail: JailKind;
  /** How many trials run on this machine at once, in this and other processes. */
  readonly atOnce: number;
  /** Whether gradient artifacts are measured. */
  readonly artifacts: boolean;
};
