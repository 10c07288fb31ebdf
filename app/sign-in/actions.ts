'use server';

import { redirect } from 'next/navigation';
import { signInByLink } from '@/lib/auth.ts';
import { AppError } from '@/lib/errors.ts';

/** Uses the link up; what is wrong with it, or nothing: then the board is shown. */
export async function spendLink(_: string | null, form: FormData): Promise<string | null> {
  try {
    if (!(await signInByLink(String(form.get('token') ?? '')))) return 'This link was used before, or has run out.';
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
  redirect('/');
}
