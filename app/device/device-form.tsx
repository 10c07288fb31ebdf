'use client';

import { useFormAction } from '@/app/ui/use-form-action.ts';
import { decideDevice } from './actions.ts';

const purposes = {
  read: 'read what only you may see',
  submit: 'submit and withdraw defenses in your name',
  'runner-admin': 'give orders to runners',
};

/** `days`: how long the token is good for. */
export function DeviceForm({ code, days }: { code: string; days: number }) {
  const { state, form, pending, problem } = useFormAction(decideDevice, {
    code,
    scopes: null,
    problem: null,
    done: null,
  });
  if (state.done)
    return (
      <p role="status" className="border-l-4 border-accent bg-wash px-4 py-3">
        {state.done === 'approved'
          ? 'Approved. The command line goes on by itself; you can close this page.'
          : 'Denied. Nothing was given away.'}
      </p>
    );
  return (
    <form {...form} className="grid max-w-md gap-5">
      {state.scopes ? (
        <>
          <input type="hidden" name="code" value={state.code} />
          <div>
            <p className="font-medium">
              The device with the code <span className="font-mono">{state.code.toUpperCase()}</span> asks to
            </p>
            <ul className="list-disc pl-5">
              {state.scopes.map((scope) => (
                <li key={scope}>{purposes[scope]}</li>
              ))}
            </ul>
            <p className="mt-1 text-soft">for {days} days. You can revoke it on your account’s page.</p>
          </div>
          <div className="flex gap-3">
            <button type="submit" name="decision" value="approve" disabled={pending} className="button button-main">
              Approve
            </button>
            <button type="submit" name="decision" value="deny" disabled={pending} className="button">
              Deny
            </button>
          </div>
        </>
      ) : (
        <>
          <label className="grid gap-1">
            <span className="font-medium">Code</span>
            <input
              name="code"
              key={state.code}
              required
              defaultValue={state.code}
              maxLength={9}
              autoCapitalize="characters"
              autoComplete="off"
              spellCheck={false}
              className="field font-mono uppercase"
            />
          </label>
          <button type="submit" disabled={pending} className="button justify-self-start">
            Go on
          </button>
        </>
      )}
      {problem && (
        <p role="alert" className="text-alarm">
          {problem}
        </p>
      )}
    </form>
  );
}
