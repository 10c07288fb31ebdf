import type { FailureReason } from '../../../lib/contract/ids.ts';
import { DefenseFailed } from '../../errors.ts';
import { NotFinite, stepOf } from '../../train/finite.ts';
import { moduleFile } from './load-module.ts';

export type Failure = { reason: FailureReason; detail: string };

/** Of the 200 characters that a detail has; the rest is for the place behind it. */
const longestMessage = 120;

/** Why the module failed, from whatever it threw, and where: file, line, column and step, as far as they are known. */
export function failureOf(thrown: unknown): Failure {
  if (thrown instanceof DefenseFailed) return { reason: thrown.reason, detail: thrown.detail };
  const { code, name, message, stack } = Object(thrown) as Record<'code' | 'name' | 'message' | 'stack', unknown>;
  const told = thrown instanceof Error ? `${name}: ${message}` : String(thrown);
  const cut = told.length > longestMessage ? `${told.slice(0, longestMessage)}…` : told;
  const place = placeOf(String(stack), stepOf(thrown));
  if (thrown instanceof NotFinite)
    return { reason: 'not-finite', detail: `The module's training stopped: ${message}${place}.` };
  const words = `The module threw ${cut}${place}${place ? '.' : ''}`;
  if (code === 'ENOSPC')
    return { reason: 'too-large', detail: `The module wrote more than its room holds: ${message}` };
  if (/Array buffer allocation failed|could not allocate memory|Cannot enlarge memory/i.test(String(message)))
    return { reason: 'out-of-memory', detail: words };
  return { reason: 'threw', detail: words };
}

function placeOf(stack: string, step: number | undefined): string {
  const known = [stack.match(frame)?.[1], step === undefined ? undefined : `step ${step}`].filter(Boolean);
  return known.length > 0 ? ` (${known.join(', ')})` : '';
}

/** Where the module was on the way, innermost first: `module.mjs:3:14`. */
const frame = new RegExp(`(${moduleFile.replace('.', '\\.')}:\\d+:\\d+)\\)?$`, 'm');
