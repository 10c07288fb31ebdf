import type { EpochArtifact } from '../../lib/contract/report.ts';
import type { Engine, TrialResult } from '../../lib/contract/result.ts';
import type { TrialSpec } from '../../lib/contract/suite.ts';
import type { Evaluation } from './evaluation.ts';
import type { PhaseSeconds } from './phase-seconds.ts';

/** First the evaluation, then its trials one by one. */
export type ToTrialProcess = { readonly evaluation: Evaluation } | { readonly trial: TrialSpec };

/** What comes of one trial. */
export type TrialAnswer = {
  readonly result: TrialResult;
  /** What the module printed: at most 64 KiB of plain text. */
  readonly log: string;
  /** Null where nothing was trained. */
  readonly phases: PhaseSeconds | null;
  /** The gradient artifacts after each epoch. Null where nobody asked, or there is no poison. */
  readonly artifacts: EpochArtifact[] | null;
};

export type FromTrialProcess =
  | { readonly type: 'ready'; readonly engine: Engine }
  | ({ readonly type: 'answer' } & TrialAnswer)
  /** Our side failed; the process ends. */
  | { readonly type: 'fault'; readonly message: string };
