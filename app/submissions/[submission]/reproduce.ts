import type { Backend } from '@/lib/contract/ids.ts';
import { languageOf } from '@/lib/contract/runtime.ts';
import type { Suite } from '@/lib/contract/suite.ts';
import type { SubmissionView } from '@/lib/db/submission-view.ts';

/**
 * The command that gives the same numbers on one's own machine. The file's name is of harmless letters only: it is
 * pasted into a shell.
 */
export function reproduceCommand({ baseline, name, runtime, evaluation }: SubmissionView, suite: Suite | null): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return `${onEngine(evaluation?.engine)}npx antidote evaluate ${baseline ?? `./${plain || 'defense'}${languageOf(runtime).extensions[0]}`} --suite ${suite?.id ?? 'smoke-1'}`;
}

/** The command that runs the row again and compares: of the reference snapshot by the defense's id, without a site. */
export function verifyCommand({ id, baseline, evaluations, evaluation, suite }: SubmissionView): string {
  const snapshot = evaluations.some((one) => one.suite === suite && one.snapshotAt !== null);
  return `${onEngine(evaluation?.engine)}npx antidote verify ${(snapshot && baseline) || id} --suite ${suite}`;
}

/** The usual engine that computed it. What a module in Python trains, it trains with PyTorch on every machine. */
const onEngine = (engine: Backend | undefined) => (engine === 'torch' ? '' : `ANTIDOTE_BACKEND=${engine ?? 'auto'} `);
