import { type CheckCode, checkModule } from '../../lib/contract/check.ts';
import { DefenseFailed } from '../errors.ts';

const reasons = {
  'too-large': 'too-large',
  syntax: 'not-a-defense',
  imports: 'blocked-import',
  'not-a-defense': 'not-a-defense',
} as const satisfies Record<CheckCode, string>;

/** Why this module's text fails every trial without being run, or null. */
export function staticFailure(code: string): DefenseFailed | null {
  const check = checkModule(code);
  return check.ok ? null : new DefenseFailed(reasons[check.code], check.message);
}
