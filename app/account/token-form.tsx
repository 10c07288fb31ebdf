'use client';

import { useFormAction } from '@/app/ui/use-form-action.ts';
import { Code } from '../ui/code.tsx';
import { newToken } from './actions.ts';

const purposes: Record<string, string> = {
  read: 'read what only you may see',
  submit: 'submit and withdraw',
  'runner-admin': 'give orders to runners',
};

export function TokenForm({ scopes }: { scopes: string[] }) {
  const { state, form, pending, problem } = useFormAction(newToken, {
    token: null,
    problem: null,
    draft: null,
  });
  const { token, draft } = state;
  return (
    <form {...form} className="grid max-w-2xl gap-4">
      {token && (
        <div role="status" className="border-l-4 border-accent bg-wash px-4 py-3">
          <p className="mb-2 font-semibold">The token is shown this once. Keep it where others don’t see it.</p>
          <Code label="The new token">{token}</Code>
        </div>
      )}
      <label className="grid gap-1">
        <span className="font-medium">Name of a new token</span>
        <input name="name" maxLength={80} defaultValue={draft?.name ?? ''} className="field" />
      </label>
      <fieldset>
        <legend className="mb-1 font-medium">It may</legend>
        {scopes.map((scope) => (
          <label key={scope} className="mr-6 inline-flex items-center gap-2">
            <input
              type="checkbox"
              name={scope}
              defaultChecked={draft ? draft.scopes.includes(scope) : scope !== 'runner-admin'}
              className="size-4 accent-accent"
            />
            {purposes[scope] ?? scope}
          </label>
        ))}
      </fieldset>
      <fieldset>
        <legend className="mb-1 font-medium">for</legend>
        {[7, 30, 90, 365].map((days) => (
          <label key={days} className="mr-6 inline-flex items-center gap-2">
            <input
              type="radio"
              name="days"
              value={days}
              defaultChecked={days === (draft?.days ?? 90)}
              className="size-4 accent-accent"
            />
            {days} days
          </label>
        ))}
      </fieldset>
      {problem && (
        <p role="alert" className="text-alarm">
          {problem}
        </p>
      )}
      <button type="submit" disabled={pending} className="button justify-self-start">
        Make a token
      </button>
    </form>
  );
}
