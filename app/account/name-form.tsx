'use client';

import { useFormAction } from '@/app/ui/use-form-action.ts';
import { rename } from './actions.ts';

export function NameForm({ name }: { name: string }) {
  const { state, form, pending, problem } = useFormAction(rename, { problem: null, name });
  return (
    <form {...form} className="flex max-w-2xl flex-wrap items-end gap-3">
      <label className="grid grow gap-1">
        <span className="font-medium">Name</span>
        <input
          name="name"
          key={name}
          defaultValue={state.problem === null ? name : state.name}
          maxLength={80}
          className="field"
        />
      </label>
      <button type="submit" disabled={pending} className="button">
        Save
      </button>
      {problem && (
        <p role="alert" className="w-full text-alarm">
          {problem}
        </p>
      )}
    </form>
  );
}
