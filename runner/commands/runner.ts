import { RunnerOrder, RunnerStateAnswer } from '../../lib/contract/runner-state.ts';
import { requireToken } from '../client/credentials.ts';
import { callSite } from '../client/public-api.ts';
import { UsageError } from '../errors.ts';
import { interrupted } from '../terminal/interrupt.ts';
import { tell } from '../terminal/tell.ts';

/**
 * Gives an enrolled runner an order, with an organizer's token. It goes through the API and not as a chore, because the
 * event names who gave the order, and organizers of a hosted site do not sit at its machine.
 */
export async function orderRunner(order: string, id: string, { reason }: { reason: string }): Promise<number> {
  const known = RunnerOrder.safeParse(order);
  if (!known.success) throw new UsageError(`There is no order '${order}'; known: ${RunnerOrder.options.join(', ')}.`);
  await requireToken();
  const path = `runners/${encodeURIComponent(id)}/state`;
  const { value } = await callSite(RunnerStateAnswer, path, interrupted, { order: known.data, reason });
  tell(`${value.name} (${value.id}) is ${value.state}`);
  return 0;
}
