import 'server-only';

/**
 * Wrong device codes by user, within the time that a code lives. Kept in this process: 20^8 codes need no more than a
 * brake.
 */
const windowMs = 600_000;
const limit = 8;
const shared = globalThis as { antidoteWrongCodes?: Map<string, number[]> };
const wrong = () => (shared.antidoteWrongCodes ??= new Map<string, number[]>());

export function hasGuessedTooOften(userId: string, now = Date.now()): boolean {
  return (wrong().get(userId) ?? []).filter((at) => at > now - windowMs).length >= limit;
}

export function noteWrongCode(userId: string, now = Date.now()): void {
  wrong().set(userId, [...(wrong().get(userId) ?? []).filter((at) => at > now - windowMs), now]);
}
