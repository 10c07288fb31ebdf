'use client';

import { Sure } from '@/app/ui/sure.tsx';
import { useFormAction } from '@/app/ui/use-form-action.ts';
import { RunnerOrder, type RunnerState, runnerOrders } from '@/lib/contract/runner-state.ts';
import { giveOrder } from './actions.ts';

/** Drains, quarantines, retires or activates one of the runners. Works without JavaScript. */
export function OrderForm({ runners }: { runners: { id: string; name: string; state: RunnerState }[] }) {
  const { state, form, pending, problem } = useFormAction(giveOrder, {
    problem: null,
    done: null,
    draft: { runner: runners[0]?.id ?? '', order: '', reason: '' },
  });
  const { done, draft } = state;
  return (
    <form {...form} className="grid max-w-2xl gap-5">
      <label className="grid gap-1">
        <span className="font-medium">Runner</span>
        <select name="runner" required className="field" key={draft.runner} defaultValue={draft.runner}>
          {runners.map(({ id, name, state }) => (
            <option key={id} value={id}>
              {name}, {state}, {id}
            </option>
          ))}
        </select>
      </label>
      <fieldset>
        <legend className="mb-1 font-medium">Order</legend>
        {RunnerOrder.options.map((order) => (
          <label key={order} className="flex items-baseline gap-2 py-1">
            <input
              type="radio"
              name="order"
              value={order}
              defaultChecked={order === draft.order}
              required
              className="size-4 shrink-0 translate-y-0.5 accent-accent"
            />
            <span>
              {order} <span className="block text-sm text-soft">{runnerOrders[order].does}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <label className="grid gap-1">
        <span className="font-medium">
          Reason <span className="font-normal text-soft">kept for ever, with your account</span>
        </span>
        <input name="reason" required maxLength={500} defaultValue={draft.reason} className="field" />
      </label>
      <Sure problem={problem} />
      {done && <p role="status">{done}</p>}
      <button type="submit" disabled={pending} className="button justify-self-start">
        Give the order
      </button>
    </form>
  );
}
