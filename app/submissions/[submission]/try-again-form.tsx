'use client';

import { useFormAction } from '@/app/ui/use-form-action.ts';
import { trySubmissionAgain } from './actions.ts';

/** Has a runner try again what our side gave up. Works without JavaScript. */
export function TryAgainForm({ id }: { id: string }) {
  const { form, pending, problem } = useFormAction(trySubmissionAgain, { problem: null });
  return (
    <form {...form} className="mt-3">
      <input type="hidden" name="submission" value={id} />
      {problem && (
        <p role="alert" className="mb-2 text-alarm">
          {problem}
        </p>
      )}
      <button type="submit" disabled={pending} className="button">
        {pending ? 'Asking …' : 'Try again'}
      </button>
    </form>
  );
}
