'use client';

import type { ReactNode } from 'react';
import { useFormAction } from '@/app/ui/use-form-action.ts';
import { submitDefense } from './actions.ts';
import { CardFields } from './card-fields.tsx';
import type { Draft } from './draft.ts';
import { Editor, type Examples } from './editor.tsx';

type Choice = { id: string; title: string; after: string | null; old: boolean; left: ReactNode };

type Props = {
  suites: Choice[];
  /** Those that score a shape or train in Python, by id. */
  torchSuites: string[];
  start: Draft;
  examples: Examples;
};

/** Works without JavaScript; with it, the module is checked as it is typed, by the code that the server uses. */
export function SubmitForm({ suites, torchSuites, start, examples }: Props) {
  const { state, form, pending, problem } = useFormAction(submitDefense, { problem: null, draft: start });
  const { draft } = state;
  return (
    <form {...form} className="grid max-w-4xl gap-6">
      <input type="hidden" name="replaces" value={draft.replaces} />
      <div className="grid gap-6 sm:grid-cols-[2fr_1fr]">
        <label className="grid content-start gap-1">
          <span className="font-medium">Name on the board</span>
          <input name="name" required maxLength={80} defaultValue={draft.name} className="field" />
        </label>
        <fieldset>
          <legend className="mb-1 font-medium">Suite</legend>
          {suites.map(({ id, title, after, old, left }) => (
            <label key={id} className="flex min-h-10 items-baseline gap-2 py-1">
              <input
                type="radio"
                name="suite"
                value={id}
                defaultChecked={id === draft.suite}
                className="size-4 shrink-0 translate-y-0.5 accent-accent"
              />
              <span>
                {id}{' '}
                <span className="text-soft">
                  {title}
                  {old && ', by the first rules'}
                </span>
                <span className="block text-sm text-soft">
                  {after && `${after} first, then this if every trial there is scored; `}
                  {left}
                </span>
              </span>
            </label>
          ))}
          <p className="text-sm text-soft">
            A shape or train in Python can be scored on {torchSuites.join(' and ')} so far.
          </p>
        </fieldset>
      </div>
      <Editor draft={draft} examples={examples} />
      <CardFields draft={draft} />
      {problem && (
        <div role="alert" className="border-l-4 border-alarm bg-alarm-wash px-4 py-3">
          <p className="font-semibold">It was not submitted</p>
          <p className="wrap-anywhere">{problem}</p>
        </div>
      )}
      <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
        <button type="submit" disabled={pending} className="button button-main">
          {pending ? 'Submitting …' : 'Submit'}
        </button>
        <p className="max-w-xl text-sm text-soft">
          The code becomes public with its first score, under the license that you name. A submission does not change:
          from its page you submit a new version of it.
        </p>
      </div>
    </form>
  );
}
