import type { FailureReason } from '../../../lib/contract/ids.ts';
import { DefenseFailed } from '../../errors.ts';

export type Failure = { reason: FailureReason; detail: string };

/** Why the module failed, from whatever it threw. */
export function failureOf(thrown: unknown): Failure {
  if (thrown instanceof DefenseFailed) return { reason: thrown.reason, detail: thrown.detail };
  const { code, name, message } = Object(thrown) as { code?: unknown; name?: unknown; message?: unknown };
  const words = thrown instanceof Error ? `The module threw ${name}: ${message}` : `The module threw ${String(thrown)}`;
  if (code === 'ENOSPC')
    return { reason: 'too-large', detail: `The module wrote more than its room holds: ${message}` };
  if (/Array buffer allocation failed|could not allocate memory|Cannot enlarge memory/i.test(String(message)))
    return { reason: 'out-of-memory', detail: words };
  return { reason: 'threw', detail: words };
}
