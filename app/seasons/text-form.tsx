'use client';

import { type ReactNode, useActionState } from 'react';
import { Sure } from '@/app/ui/sure.tsx';
import type { SeasonState } from './actions.ts';

type Props = {
  action: (state: SeasonState, form: FormData) => Promise<SeasonState>;
  /** Fields that are sent as they are. */
  hidden: Readonly<Record<string, string>>;
  /** Of the text; null where none is asked for. */
  label: string | null;
  button: string;
  /** It can't be undone. */
  sure?: boolean;
  children?: ReactNode;
};

/** A text, what goes with it, and what came of it. Works without JavaScript. */
export function TextForm({ action, hidden, label, button, sure = false, children }: Props) {
  const [{ problem, done, text }, send, pending] = useActionState(action, { problem: null, done: null, text: '' });
  return (
    <form action={send} className="grid max-w-2xl gap-4">
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {children}
      {label !== null && (
        <label className="grid gap-1">
          <span className="font-medium">{label}</span>
          <textarea name="text" rows={3} maxLength={2000} defaultValue={text} className="field" />
        </label>
      )}
      {sure ? (
        <Sure problem={problem} />
      ) : (
        problem && (
          <p role="alert" className="text-alarm">
            {problem}
          </p>
        )
      )}
      {done && <p role="status">{done}</p>}
      <button type="submit" disabled={pending} className="button justify-self-start">
        {button}
      </button>
    </form>
  );
}
