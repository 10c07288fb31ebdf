'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { requireViewer, signOut } from '@/lib/auth.ts';
import { createToken, revokeToken, scopesFor } from '@/lib/db/tokens.ts';
import { deleteAccount, endSessions, renameUser } from '@/lib/db/users.ts';
import { AppError } from '@/lib/errors.ts';
import { personName } from '@/lib/person-name.ts';

export type TokenState = { token: string | null; problem: string | null };

/** A new token, shown this once. */
export async function newToken(_: TokenState, form: FormData): Promise<TokenState> {
  const viewer = await requireViewer();
  const name = personName(String(form.get('name') ?? ''));
  const scopes = scopesFor(viewer).filter((scope) => form.get(scope) === 'on');
  const days = Number(form.get('days'));
  if (!name) return { token: null, problem: 'A name is wanted: it tells tokens apart when you revoke one.' };
  if (scopes.length === 0) return { token: null, problem: 'Choose what it is for.' };
  if (![7, 30, 90, 365].includes(days)) return { token: null, problem: 'Choose for how long.' };
  try {
    const token = await createToken(viewer, { name, scopes, days });
    revalidatePath('/account');
    return { token, problem: null };
  } catch (error) {
    if (error instanceof AppError) return { token: null, problem: error.message };
    throw error;
  }
}

export async function revoke(form: FormData): Promise<void> {
  await revokeToken(await requireViewer(), String(form.get('token')));
  revalidatePath('/account');
}

export async function rename(_: string | null, form: FormData): Promise<string | null> {
  const viewer = await requireViewer();
  try {
    await renameUser(viewer, String(form.get('name') ?? ''));
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
  revalidatePath('/', 'layout');
  return null;
}

export async function leave(): Promise<void> {
  await signOut();
  redirect('/');
}

/** Ends the sessions in all other browsers too. */
export async function leaveEverywhere(): Promise<void> {
  await endSessions(await requireViewer());
  await signOut();
  redirect('/sign-in');
}

export async function remove(_: string | null, form: FormData): Promise<string | null> {
  if (form.get('sure') !== 'on') return 'Tick the box first: this can’t be undone.';
  await deleteAccount(await requireViewer());
  await signOut();
  redirect('/');
}
