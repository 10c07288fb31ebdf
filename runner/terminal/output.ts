import { HarnessFault } from '../errors.ts';
import { causeOf } from '../host/file-causes.ts';

let lost: NodeJS.ErrnoException | undefined;

/**
 * Called once, at the program's start. Whoever read what is printed may leave, as `head` does: the work goes on unread.
 * Without this the first line that nobody takes would end it.
 */
export function keepGoingUnread(): void {
  process.stderr.on('error', () => undefined);
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') lost ??= error;
  });
}

/**
 * Throws HarnessFault where a part of the answer went lost, as on a full disk: nobody shall take the rest for all of
 * it.
 */
export async function allIsWritten(): Promise<void> {
  await new Promise((done) => setImmediate(done)); // a failure is told in the next turn
  if (lost) throw new HarnessFault(`The answer could not be written to stdout: ${causeOf(lost)} (${lost.code}).`);
}
