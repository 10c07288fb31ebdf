'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import type { FormState } from '@/app/ui/use-form-action.ts';
import { currentViewer, signOut } from '@/lib/auth.ts';
import { TokenScope } from '@/lib/contract/ids.ts';
import { endSessions } from '@/lib/db/sessions.ts';
import { createToken, revokeToken, scopesFor } from '@/lib/db/tokens.ts';
import { deleteAccount, renameUser } from '@/lib/db/users.ts';
import { AppError } from '@/lib/errors.ts';
import { textIn } from '@/lib/form-text.ts';
import { personName } from '@/lib/person-name.ts';
import type { SignedIn } from '@/lib/viewer.ts';

type TokenDraft = { name: string; scopes: string[]; days: number };
/** `draft`: what was typed and chosen, where it was refused; null for a form that begins. */
export type TokenState = { token: string | null; problem: string | null; draft: TokenDraft | null };

/** A new token, shown this once. */
export async function newToken(_: TokenState, form: FormData): Promise<TokenState> {
  const viewer = await viewerOrSignIn();
  const typed = textIn(form, 'name');
  const scopes = TokenScope.options.filter((scope) => form.get(scope) === 'on');
  const days = Number(form.get('days'));
  const refused = (problem: string) => ({ token: null, problem, draft: { name: typed, scopes, days } });
  const name = personName(typed);
  if (!name) return refused('A name is wanted: it tells tokens apart when you revoke one.');
  const granted = scopesFor(viewer).filter((scope) => scopes.includes(scope));
  if (granted.length === 0) return refused('Choose what it is for.');
  if (![7, 30, 90, 365].includes(days)) return refused('Choose for how long.');
  try {
    const token = await createToken(viewer, { name, scopes: granted, days });
    revalidatePath('/account');
    return { token, problem: null, draft: null };
  } catch (error) {
    if (error instanceof AppError) return refused(error.message);
    throw error;
  }
}

export async function revoke(form: FormData): Promise<void> {
  await revokeToken(await viewerOrSignIn(), textIn(form, 'token'));
  revalidatePath('/account');
}

/** What is wrong, and the name as it was typed. */
export type NameState = { problem: string | null; name: string };

export async function rename(_: NameState, form: FormData): Promise<NameState> {
  const viewer = await viewerOrSignIn();
  const name = textIn(form, 'name');
  try {
    await renameUser(viewer, name);
  } catch (error) {
    if (error instanceof AppError) return { problem: error.message, name };
    throw error;
  }
  revalidatePath('/', 'layout');
  return { problem: null, name };
}

export async function leave(): Promise<void> {
  await signOut();
  redirect('/');
}

/** Ends the sessions in all other browsers too. */
export async function leaveEverywhere(): Promise<void> {
  await endSessions(await viewerOrSignIn());
  await signOut();
  redirect('/sign-in');
}

export async function remove(_: FormState, form: FormData): Promise<FormState> {
  if (form.get('sure') !== 'on') return { problem: 'Tick the box first: this can’t be undone.' };
  await deleteAccount(await viewerOrSignIn());
  await signOut();
  redirect('/');
}

/**
 * Whoever was signed in when the page came may have signed out elsewhere since. The page leads there too, but by 307,
 * with which a browser sends the form on.
 */
async function viewerOrSignIn(): Promise<SignedIn> {
  return (await currentViewer()) ?? redirect('/sign-in');
}
