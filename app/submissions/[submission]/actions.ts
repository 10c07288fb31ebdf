'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import type { FormState } from '@/app/ui/use-form-action.ts';
import { currentViewer, requireViewer } from '@/lib/auth.ts';
import { Decision } from '@/lib/contract/decision.ts';
import { tellAuthor } from '@/lib/db/anonymity.ts';
import { decideCheck } from '@/lib/db/decide-check.ts';
import { tryAgain } from '@/lib/db/given-up.ts';
import { withdraw } from '@/lib/db/submissions.ts';
import { AppError } from '@/lib/errors.ts';
import { textIn } from '@/lib/form-text.ts';
import { issueOf } from '@/lib/http.ts';

/** What is wrong, and the reason as it was typed. */
export type WithdrawState = { problem: string | null; reason: string };

/** Where nothing is wrong the page shows it withdrawn. */
export async function withdrawSubmission(_: WithdrawState, form: FormData): Promise<WithdrawState> {
  const reason = textIn(form, 'reason').slice(0, 500);
  if (form.get('sure') !== 'on') return { problem: 'Tick the box first: a withdrawn row does not come back.', reason };
  const id = textIn(form, 'submission');
  try {
    await withdraw(id, await requireViewer(), reason);
  } catch (error) {
    if (error instanceof AppError) return { problem: error.message, reason };
    throw error;
  }
  redirect(`/submissions/${id}`);
}

/** Without a problem the page tells the author. */
export async function tellSubmissionAuthor(_: FormState, form: FormData): Promise<FormState> {
  if (form.get('sure') !== 'on') return { problem: 'Tick the box first: a name that was told can’t be taken back.' };
  const id = textIn(form, 'submission');
  try {
    await tellAuthor(id, await requireViewer());
  } catch (error) {
    if (error instanceof AppError) return { problem: error.message };
    throw error;
  }
  redirect(`/submissions/${id}`);
}

/** Without a problem the page shows it in the queue. */
export async function trySubmissionAgain(_: FormState, form: FormData): Promise<FormState> {
  const id = textIn(form, 'submission');
  try {
    await tryAgain(id, await requireViewer());
  } catch (error) {
    if (error instanceof AppError) return { problem: error.message };
    throw error;
  }
  redirect(`/submissions/${id}`);
}

/** What was typed comes back where it was refused. */
export type DecisionState = {
  problem: string | null;
  done: string | null;
  job: string;
  choice: string;
  reason: string;
};

/** Says which of two runs of a job stands; the data layer takes it from organizers alone. */
export async function decideDispute(_: DecisionState, form: FormData): Promise<DecisionState> {
  const text = (name: string) => textIn(form, name);
  const draft = { job: text('job'), choice: text('choice'), reason: text('reason') };
  const refused = (problem: string) => ({ problem, done: null, ...draft });
  if (form.get('sure') !== 'on') return refused('Tick the box first.');
  const decision = Decision.safeParse(draft);
  if (!decision.success) return refused(issueOf(decision.error));
  try {
    await decideCheck(await currentViewer(), decision.data);
  } catch (error) {
    if (error instanceof AppError) return refused(error.message);
    throw error;
  }
  revalidatePath('/submissions/[submission]', 'page');
  const { choice } = decision.data;
  return {
    problem: null,
    done: choice === 'third' ? 'A third runner is asked.' : `The ${choice} run stands.`,
    ...draft,
  };
}
