'use client';

import { Sure } from '@/app/ui/sure.tsx';
import { useFormAction } from '@/app/ui/use-form-action.ts';
import { remove } from './actions.ts';

export function DeleteForm() {
  const { form, pending, problem } = useFormAction(remove, { problem: null });
  return (
    <form {...form} className="grid max-w-2xl gap-4">
      <p className="text-soft">
        Your name, e-mail, ways to sign in and tokens are forgotten at once, and the authors on your cards. Scores stay,
        under “withdrawn author”.
      </p>
      <Sure problem={problem} />
      <button type="submit" disabled={pending} className="button justify-self-start border-alarm text-alarm">
        Delete my account
      </button>
    </form>
  );
}
