import type { Runtime } from '../../lib/contract/runtime.ts';
import type { DataDirs } from '../craft/trial-data.ts';
import type { OpenJail } from '../jail/jail.ts';
import type { OpenEngine } from '../train/tf.ts';
import type { Evaluation } from './evaluation.ts';

/** An evaluation, and what this process runs its trials with. */
export type TrialContext = Evaluation & {
  /** ANTIDOTE_DATA, for undefended.json. */
  readonly dataDir: string;
  readonly dirs: DataDirs;
  /** Opened in this process for scoring; the guest opens the same backend for itself. */
  readonly engine: OpenEngine;
  /** A fresh jail for every run, with that guest, the default limits and the context's signal. */
  readonly openJail: (runtime: Runtime) => Promise<OpenJail>;
  /** Kills the jails at once. */
  readonly signal?: AbortSignal;
};
