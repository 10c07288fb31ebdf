import type { Rng } from '../../random/rng.ts';

/** 2000-01-01T00:00:00Z, at which the clock stands. */
const start = 946_684_800_000;

/**
 * What a module finds in place of clock, chance and system: a standing clock, seeded chance, and no `process`. This
 * makes honest modules repeatable; it keeps nobody out, which is the jail's work.
 */
export function seal(rng: Rng): void {
  Math.random = () => rng.uniform();
  globalThis.Date = standing(Date);
  performance.now = () => 0;
  for (const name of [
    'process',
    'require',
    'module',
    'crypto',
    'fetch',
    'WebSocket',
    'EventSource',
    'navigator',
    'Worker',
    'BroadcastChannel',
  ])
    Reflect.deleteProperty(globalThis, name);
}

function standing(Clock: DateConstructor): DateConstructor {
  const now = () => start;
  return new Proxy(Clock, {
    construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [start] : args, newTarget),
    apply: () => new Clock(start).toString(),
    get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
  });
}
