'use client';

import { Sure } from '@/app/ui/sure.tsx';
import { useFormAction } from '@/app/ui/use-form-action.ts';
import { tellSubmissionAuthor } from './actions.ts';

/** For the owner of an anonymous submission: what others read until the day, and a way to tell the name before it. */
export function TellAuthorForm({ id, until }: { id: string; until: string }) {
  const { form, pending, problem } = useFormAction(tellSubmissionAuthor, { problem: null });
  return (
    <div className="mb-8 border-l-4 border-line pl-4 text-sm">
      <p>
        Only you see that this is yours. Until {until} others read “anonymous until {until}” in place of your name, and
        the card without its authors.
      </p>
      <details className="mt-2" open={problem !== null}>
        <summary className="text-soft">Tell it now</summary>
        <form {...form} className="mt-3 grid max-w-xl gap-4">
          <input type="hidden" name="submission" value={id} />
          <p className="text-soft">Your name and the card’s authors are shown at once, of all its versions.</p>
          <Sure problem={problem} />
          <button type="submit" disabled={pending} className="button justify-self-start">
            {pending ? 'Telling …' : 'Tell my name'}
          </button>
        </form>
      </details>
    </div>
  );
}
