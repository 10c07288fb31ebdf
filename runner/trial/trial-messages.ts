import type { Backend } from '../../lib/contract/ids.ts';
import type { EpochArtifact } from '../../lib/contract/report.ts';
import type { Engine, ModuleRef, TrialResult } from '../../lib/contract/result.ts';
import type { Suite, Trial } from '../../lib/contract/suite.ts';
import type { JailKind } from '../jail/jail.ts';
import type { Spent } from './spent.ts';

/** What a process that runs trials is told first: everything that its trials have in common. */
export type TrialOrder = {
  readonly suite: Suite;
  /** Where it lies built, in a folder of its id; `suites` in ANTIDOTE_DATA unless said. */
  readonly suites?: string;
  readonly backend: Backend;
  readonly jail: JailKind;
  readonly kind: ModuleRef['kind'];
  /** How many trials run on this machine at once, in this and other processes. */
  readonly atOnce: number;
  /** Whether gradient artifacts are measured. */
  readonly artifacts: boolean;
  /** The module's text; of a control the words `control:<id>`. */
  readonly code: string;
};

export type ToTrialProcess = { readonly order: TrialOrder } | { readonly trial: Trial };

/**
 * What comes of one trial: its result, what the module printed, where the time went (null where nothing was trained),
 * gradient artifacts (null where there are none).
 */
export type TrialAnswer = {
  readonly result: TrialResult;
  readonly log: string;
  readonly spent: Spent | null;
  readonly artifacts: EpochArtifact[] | null;
};

export type FromTrialProcess =
  | { readonly type: 'ready'; readonly engine: Engine }
  | ({ readonly type: 'result' } & TrialAnswer)
  /** Our side failed; the process ends. */
  | { readonly type: 'fault'; readonly message: string };
