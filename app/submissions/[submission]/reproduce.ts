import type { SubmissionJson } from '@/lib/contract/api.ts';
import type { Suite } from '@/lib/contract/suite.ts';

/**
 * The command that gives the same numbers on one's own machine. The file's name is of harmless letters only: it is
 * pasted into a shell.
 */
export function reproduceCommand({ baseline, name, engine, evaluations }: SubmissionJson, suite: Suite | null): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  const backend = engine?.backend ?? evaluations[0]?.engine ?? 'auto';
  return `ANTIDOTE_BACKEND=${backend} npx antidote evaluate ${baseline ?? `./${plain || 'defense'}.mjs`} --suite ${suite?.id ?? 'smoke-1'}`;
}

/** The command that runs the row again and compares: of the reference snapshot by the defense's id, without a site. */
export function verifyCommand({ id, baseline, evaluations, engine, suite }: SubmissionJson): string {
  const snapshot = evaluations.some((one) => one.suite.id === suite && one.snapshotAt !== null);
  return `ANTIDOTE_BACKEND=${engine?.backend ?? 'auto'} npx antidote verify ${(snapshot && baseline) || id} --suite ${suite}`;
}
