/**
 * What a command that computes in a child process tells the one that hears Ctrl-C for it (command-line/in-child.ts):
 * what it would leave behind if it were killed now, and the sentence for whoever stops it. `locks`: a file that names
 * its owner, which may be another process.
 */
export type ToParent = { leaves: string } | { cleared: string } | { locks: string } | { kept: string };

/** What such a child is started with. */
export const supervisedBy = 'end-with-parent.mjs';

/** Whether this process is such a child. */
export const isSupervised = (): boolean =>
  process.send !== undefined && process.execArgv.some((argument) => argument.endsWith(supervisedBy));

/** Nothing where there is no such parent. */
export const tellParent = (message: ToParent): void => {
  if (isSupervised() && process.connected) process.send!(message);
};
