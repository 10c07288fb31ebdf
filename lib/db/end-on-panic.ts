import type { PGlite } from '@electric-sql/pglite';
import 'server-only';

type Ways = Pick<PGlite, 'execProtocol' | 'execProtocolStream'>;

/**
 * Ends the process where the PostgreSQL within it has ended: it panics, for one, when it can't write a checkpoint to a
 * full disk. After that PGlite answers every question with no rows, and then hangs with the thread that asked. Whoever
 * keeps the process starts it again, and nothing that was answered is lost.
 */
export function endOnPanic(client: Ways, end: (reason: string) => void): void {
  const watch = async <Answer>(answer: Promise<Answer>): Promise<Answer> =>
    answer.catch((error: unknown) => {
      if (hasEnded(error)) end(`PostgreSQL has ended: ${error.message}`);
      throw error;
    });
  const { execProtocol, execProtocolStream } = client;
  client.execProtocol = (...asked) => watch(execProtocol.apply(client, asked));
  client.execProtocolStream = (...asked) => watch(execProtocolStream.apply(client, asked));
}

/** PostgreSQL's words for it, or those of WebAssembly. */
const hasEnded = (error: unknown): error is Error =>
  error instanceof WebAssembly.RuntimeError ||
  (error instanceof Error && 'severity' in error && (error.severity === 'PANIC' || error.severity === 'FATAL'));
