'use client';

import { useActionState } from 'react';
import { rename } from './actions.ts';

export function NameForm({ name }: { name: string }) {
  const [{ problem, name: typed }, action, pending] = useActionState(rename, { problem: null, name });
  return (
    <form action={action} className="flex max-w-2xl flex-wrap items-end gap-3">
      <label className="grid grow gap-1">
        <span className="font-medium">Name</span>
        <input name="name" key={name} defaultValue={problem === null ? name : typed} maxLength={80} className="field" />
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
