'use server';

import { revalidatePath } from 'next/cache';
import { currentViewer } from '@/lib/auth.ts';
import { runnerLabels } from '@/lib/contract/protocol.ts';
import { RunnerStateRequest } from '@/lib/contract/runner-state.ts';
import { orderRunner } from '@/lib/db/runner-state.ts';
import { createRunnerCode } from '@/lib/db/runners.ts';
import { AppError } from '@/lib/errors.ts';
import { textIn } from '@/lib/form-text.ts';
import { issueOf } from '@/lib/http.ts';

/** `labels`: what was ticked, where it was refused. */
export type CodeState = { code: string | null; problem: string | null; labels: string[] | null };

/** A one-time enrolment code, shown this once. An organizer's. */
export async function newRunnerCode(_: CodeState, form: FormData): Promise<CodeState> {
  const labels = runnerLabels.filter((label) => form.get(label) === 'on');
  try {
    return { code: await createRunnerCode(await currentViewer(), labels), problem: null, labels: null };
  } catch (error) {
    if (error instanceof AppError) return { code: null, problem: error.message, labels };
    throw error;
  }
}

/** What was typed comes back where the order was refused. */
type OrderDraft = { runner: string; order: string; reason: string };
export type OrderState = { problem: string | null; done: string | null; draft: OrderDraft };

/** Gives a runner an order; the data layer takes it from organizers alone. */
export async function giveOrder(_: OrderState, form: FormData): Promise<OrderState> {
  const text = (name: string) => textIn(form, name);
  const draft = { runner: text('runner'), order: text('order'), reason: text('reason') };
  const refused = (problem: string) => ({ problem, done: null, draft });
  if (form.get('sure') !== 'on') return refused('Tick the box first.');
  const request = RunnerStateRequest.safeParse({ order: draft.order, reason: draft.reason });
  if (!request.success) return refused(issueOf(request.error));
  try {
    const { name, state } = await orderRunner(await currentViewer(), draft.runner, request.data);
    revalidatePath('/runners');
    return { problem: null, done: `${name} is ${state}.`, draft: { ...draft, order: '', reason: '' } };
  } catch (error) {
    if (error instanceof AppError) return refused(error.message);
    throw error;
  }
}
