'use client';

import { unstable_isUnrecognizedActionError, unstable_rethrow } from 'next/navigation';
import { type FormEvent, useActionState, useRef, useState, useSyncExternalStore } from 'react';

/** What every action of a form answers. `problem`: why it was refused; null where it was not. */
export type FormState = { problem: string | null };

type Action<State> = (state: State, form: FormData) => Promise<State>;

type FormAction<State> = {
  /** What the action answered last. */
  readonly state: State;
  /** Properties of the form. */
  readonly form: { action: (form: FormData) => void; onReset: (event: FormEvent) => void };
  readonly pending: boolean;
  /**
   * Why the action was not reached, broke or refused the last time; else null. The form then stays as it was filled in.
   */
  readonly problem: string | null;
};

/**
 * As useActionState, for a form. Where the browser's program runs, a call that fails is told in the form: without this
 * it would end on the error page, and what was typed would be gone.
 */
export function useFormAction<State extends FormState>(action: Action<State>, initial: State): FormAction<State> {
  const [notSent, setNotSent] = useState<string | null>(null);
  const failed = useRef(false);
  const live = useSyncExternalStore(neverChanges, inBrowser, onServer);
  const tried: Action<State> = async (state, form) => {
    failed.current = false;
    setNotSent(null);
    try {
      return await action(state, form);
    } catch (error) {
      unstable_rethrow(error); // a redirect is told by an error
      failed.current = true;
      setNotSent(wordsOf(error));
      return state;
    }
  };
  // Without JavaScript the form must name the action itself.
  const [state, send, pending] = useActionState(live ? tried : action, initial as Awaited<State>);
  const onReset = (event: FormEvent) => {
    if (failed.current) event.preventDefault(); // React empties a form when its action has ended
  };
  return { state, form: { action: send, onReset }, pending, problem: notSent ?? state.problem };
}

const neverChanges = () => () => {};
const inBrowser = () => true;
const onServer = () => false;

/** The server's own words arrive as the error's message; other messages are Next's, or the browser's. */
function wordsOf(error: unknown): string {
  const kept = 'What you filled in is still here.';
  if (unstable_isUnrecognizedActionError(error))
    return `The site was updated after this page was loaded, and can’t take its form. ${kept} Copy it, load the page again, and send it from there.`;
  if (error instanceof TypeError) return `The site can’t be reached. ${kept} Send it again when you are online.`;
  const { digest, message } = error as Error & { digest?: string };
  if (digest) return `Something failed on our side; the log calls it ${digest}. ${kept} Try again in a moment.`;
  if (message.startsWith('An unexpected response'))
    return `The site’s answer can’t be read. ${kept} Try again in a moment.`;
  return `${message.trim()} ${kept}`;
}
