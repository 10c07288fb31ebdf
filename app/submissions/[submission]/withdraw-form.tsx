'use client';

import { Sure } from '@/app/ui/sure.tsx';
import { useFormAction } from '@/app/ui/use-form-action.ts';
import { withdrawSubmission } from './actions.ts';

export function WithdrawForm({ id }: { id: string }) {
  const { state, form, pending, problem } = useFormAction(withdrawSubmission, { problem: null, reason: '' });
  const { reason } = state;
  return (
    <details className="mt-14 border-t border-line pt-4" open={problem !== null}>
      <summary className="text-soft">Withdraw this submission</summary>
      <form {...form} className="mt-4 grid max-w-xl gap-4">
        <input type="hidden" name="submission" value={id} />
        <p className="text-soft">
          Its row leaves the board for good. This page stays, with the reason that you give here.
        </p>
        <label className="grid gap-1">
          <span className="font-medium">Reason</span>
          <input name="reason" maxLength={500} defaultValue={reason} className="field" />
        </label>
        <Sure problem={problem} />
        <button type="submit" disabled={pending} className="button justify-self-start">
          {pending ? 'Withdrawing …' : 'Withdraw'}
        </button>
      </form>
    </details>
  );
}
