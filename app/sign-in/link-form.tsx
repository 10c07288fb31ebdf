'use client';

import { useActionState } from 'react';
import { spendLink } from './actions.ts';

export function LinkForm({ token }: { token: string }) {
  const [problem, action, pending] = useActionState(spendLink, null);
  return (
    <form action={action} className="grid justify-items-start gap-4">
      <input type="hidden" name="token" value={token} />
      <button type="submit" disabled={pending} className="button button-main">
        {pending ? 'Signing in …' : 'Sign in'}
      </button>
      {problem && (
        <p role="alert" className="text-alarm">
          {problem}
        </p>
      )}
    </form>
  );
}
