'use server';

import { redirect } from 'next/navigation';
import { requireViewer } from '@/lib/auth.ts';
import { withdraw } from '@/lib/db/submissions.ts';
import { AppError } from '@/lib/errors.ts';

/** What is wrong, or nothing: then the page shows it withdrawn. */
export async function withdrawSubmission(_: string | null, form: FormData): Promise<string | null> {
  if (form.get('sure') !== 'on') return 'Tick the box first: a withdrawn row does not come back.';
  const id = String(form.get('submission'));
  try {
    await withdraw(id, await requireViewer(), String(form.get('reason') ?? '').slice(0, 500));
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
  redirect(`/submissions/${id}`);
}
