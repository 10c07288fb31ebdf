'use client';

import type { ReactNode } from 'react';
import { Sure } from '@/app/ui/sure.tsx';
import { useFormAction } from '@/app/ui/use-form-action.ts';
import type { SeasonState } from './actions.ts';

type Choice = {
  readonly look: 'list' | 'buttons';
  readonly name: string;
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly name: string }[];
};

type Props = {
  action: (state: SeasonState, form: FormData) => Promise<SeasonState>;
  /** Fields that are sent as they are. */
  hidden: Readonly<Record<string, string>>;
  /** Of the text; null where none is asked for. */
  label: string | null;
  button: string;
  /** One of these is wanted as well, from a list or by a button. */
  choice?: Choice;
  /** It can't be undone. */
  sure?: boolean;
  children?: ReactNode;
};

/** A text, a choice, what goes with them, and what came of it; a refusal keeps both. Works without JavaScript. */
export function TextForm({ action, hidden, label, button, choice, sure = false, children }: Props) {
  const { state, form, pending, problem } = useFormAction(action, { problem: null, done: null, sent: {} });
  const { done, sent } = state;
  return (
    <form {...form} className="grid max-w-2xl gap-4">
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {choice && <Chosen choice={choice} sent={sent[choice.name] ?? ''} />}
      {children}
      {label !== null && (
        <label className="grid gap-1">
          <span className="font-medium">{label}</span>
          <textarea name="text" rows={3} maxLength={2000} defaultValue={sent.text ?? ''} className="field" />
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

function Chosen({ choice: { look, name, label, options }, sent }: { choice: Choice; sent: string }) {
  if (look === 'list')
    return (
      <label className="grid gap-1">
        <span className="font-medium">{label}</span>
        <select name={name} required className="field" key={sent} defaultValue={sent || options[0]?.value}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.name}
            </option>
          ))}
        </select>
      </label>
    );
  return (
    <fieldset>
      <legend className="mb-1 font-medium">{label}</legend>
      {options.map((option) => (
        <label key={option.value} className="mr-6 inline-flex items-center gap-2 py-1">
          <input
            type="radio"
            name={name}
            value={option.value}
            defaultChecked={option.value === sent}
            required
            className="size-4 accent-accent"
          />
          {option.name}
        </label>
      ))}
    </fieldset>
  );
}
