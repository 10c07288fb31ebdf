import { SiteProblem } from '../client/site-problem.ts';
import { HarnessFault, UsageError } from '../errors.ts';
import { env } from '../host/env.ts';
import { plainText } from '../plain-text.ts';
import { fileProblem } from './file-problem.ts';

/**
 * Says on stderr, in one sentence, what went wrong, and gives the exit code for it: 1 refused, 2 a wrong call, 3 our
 * side, 130 interrupted.
 */
export function explain(error: unknown, interrupted: AbortSignal): number {
  if (interrupted.aborted) return Number(process.exitCode ?? 130);
  const thrown = error instanceof Error ? error : new Error(String(error));
  const { message, stack } = thrown;
  process.stderr.write(`${plainText(fileProblem(thrown) ?? message)}\n`);
  if (error instanceof UsageError) return 2;
  if (error instanceof SiteProblem) return error.exitCode;
  const variable = error instanceof RangeError && /^[A-Z_]+( is '.*')?: /.test(message);
  if (variable) return 2;
  if (!(error instanceof HarnessFault) && development()) process.stderr.write(`${stack}\n`);
  return 3;
}

function development(): boolean {
  try {
    return env().NODE_ENV === 'development';
  } catch {
    return false;
  }
}
