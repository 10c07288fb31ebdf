import { type SQL, sql } from 'drizzle-orm';
import 'server-only';
import { z } from 'zod';
import { isHeard, type RunnerStateAnswer, type RunnerStateRequest, runnerOrders } from '../contract/runner-state.ts';
import { AppError } from '../errors.ts';
import { plainLine } from '../plain-text.ts';
import { requireOrganizer, type Viewer } from '../viewer.ts';
import { countRows } from './client.ts';
import { changeWithEvent } from './events.ts';
import { findRunner } from './runners.ts';

/**
 * Gives a runner an order, for an organizer. State, event and the end of its leases are one statement. Throws
 * `unauthenticated`, `forbidden`, `not-found`, `invalid` without a reason, and `conflict` where the order does not fit
 * the state.
 */
export async function orderRunner(
  viewer: Viewer,
  id: string,
  { order, reason: given }: RunnerStateRequest,
): Promise<RunnerStateAnswer> {
  requireOrganizer(viewer, 'give orders to runners');
  const reason = plainLine(given);
  if (!reason) throw new AppError('invalid', 'reason: a reason is wanted');
  const runner = z.uuid().safeParse(id).success ? await findRunner(id) : null;
  if (!runner) throw new AppError('not-found', 'There is no such runner.');
  const { from, to } = runnerOrders[order];
  const { name, state } = runner;
  if (!from.some((one) => one === state)) throw doesNotFit(order, name, state);
  const change = sql`
    changed as (
      update runners set state = ${to} where id = ${id}::uuid and state = ${state} returning id
    )`;
  const data = { order, from: state, to, reason, by: viewer.id };
  const changed = await changeWithEvent(
    { kind: 'runner.ordered', subject: id, data },
    isHeard(to) ? change : sql`${change}, ${endLeases(sql`select id from changed`, to)}`,
  );
  if (changed === 0) throw new AppError('conflict', `Somebody else has just given ${name} another order.`);
  // A lease that was being made in that moment was not seen by the statement above.
  if (!isHeard(to))
    await countRows(
      sql`with ${endLeases(sql`select id from runners where id = ${id}::uuid and state = ${to}`, to)} select 1`,
    );
  return { id, name, state: to };
}

/** The jobs in the hands of these runners go back to the queue, without a strike; one that was to be cancelled ends. */
const endLeases = (runners: SQL, reason: string) => sql`
    returned as (
      update jobs set state = (case when cancel_requested then 'cancelled' else 'queued' end)::job_state,
        finished_at = case when cancel_requested then now() end, run_after = now(),
        runner_id = null, token_hash = null, lease_expires_at = null, deadline_at = null, phase = null, progress = 0
      where state = 'leased' and runner_id in (${runners}) returning id, attempt, state
    ), closed as (
      update attempts a set ended_at = now(), reason = ${reason},
        outcome = (case when r.state = 'cancelled' then 'cancelled' else 'released' end)::attempt_outcome
      from returned r where a.job_id = r.id and a.attempt = r.attempt
    )`;

function doesNotFit(order: keyof typeof runnerOrders, name: string, state: string): AppError {
  const fitting = Object.entries(runnerOrders)
    .filter(([, { from }]) => from.some((one) => one === state))
    .map(([name]) => name);
  const may = fitting.length > 0 ? `possible are ${fitting.join(', ')}` : 'no order fits it any more';
  return new AppError('conflict', `${order} does not fit: ${name} is ${state}, and ${may}.`);
}
