import { z } from 'zod';

/**
 * What a runner may do. `active`: everything. `draining`: finish what it has; it leases no more. `quarantined`:
 * nothing, until an organizer lets it. `retired`: nothing, for ever.
 */
export const RunnerState = z.enum(['active', 'draining', 'quarantined', 'retired']);
export type RunnerState = z.infer<typeof RunnerState>;

/** What an organizer may order, and of runners in which states. This table is the whole state machine. */
export const runnerOrders = {
  drain: { from: ['active'], to: 'draining', does: 'It finishes what it has, and leases no more.' },
  quarantine: {
    from: ['active', 'draining'],
    to: 'quarantined',
    does: 'Its leases end at once, and their jobs go back to the queue. Nothing that it says is taken.',
  },
  retire: {
    from: ['active', 'draining', 'quarantined'],
    to: 'retired',
    does: 'As quarantine, but for ever: its key is never taken again.',
  },
  activate: { from: ['draining', 'quarantined'], to: 'active', does: 'It leases again.' },
} as const satisfies Record<string, { from: readonly RunnerState[]; to: RunnerState; does: string }>;

export const RunnerOrder = z.enum(['drain', 'quarantine', 'retire', 'activate']);
export type RunnerOrder = z.infer<typeof RunnerOrder>;

/** Whether a runner in this state is listened to. */
export const isHeard = (state: RunnerState) => state === 'active' || state === 'draining';

/** POST /api/v1/runners/:runner/state. The reason is kept for ever with the order. */
export const RunnerStateRequest = z.strictObject({
  order: RunnerOrder,
  reason: z.string().trim().min(1, 'a reason is wanted').max(500, 'at most 500 characters'),
});
export type RunnerStateRequest = z.infer<typeof RunnerStateRequest>;

export const RunnerStateAnswer = z.object({ id: z.uuid(), name: z.string(), state: RunnerState });
export type RunnerStateAnswer = z.infer<typeof RunnerStateAnswer>;
