'use server';

import { revalidatePath } from 'next/cache';
import { currentViewer, requireViewer } from '@/lib/auth.ts';
import { RunnerClass } from '@/lib/contract/protocol.ts';
import { RunnerStateRequest } from '@/lib/contract/runner-state.ts';
import { orderRunner } from '@/lib/db/runner-state.ts';
import { createRunnerCode } from '@/lib/db/runners.ts';
import { AppError } from '@/lib/errors.ts';
import { issueOf } from '@/lib/http.ts';
import { isOrganizer } from '@/lib/viewer.ts';

export type CodeState = { code: string | null; problem: string | null };

/** A one-time enrolment code, shown this once. An organizer's. */
export async function newRunnerCode(_: CodeState, form: FormData): Promise<CodeState> {
  const viewer = await requireViewer();
  if (!isOrganizer(viewer)) return { code: null, problem: 'Only organizers enrol runners.' };
  const kind = RunnerClass.safeParse(form.get('class'));
  if (!kind.success) return { code: null, problem: 'Official or community?' };
  const labels = ['engine:wasm', 'engine:tensorflow', 'jail'].filter((label) => form.get(label) === 'on');
  return { code: await createRunnerCode({ class: kind.data, labels, createdBy: viewer.id }), problem: null };
}

export type OrderState = { problem: string | null; done: string | null };

/** Gives a runner an order; the data layer takes it from organizers alone. */
export async function giveOrder(_: OrderState, form: FormData): Promise<OrderState> {
  const refused = (problem: string) => ({ problem, done: null });
  if (form.get('sure') !== 'on') return refused('Tick the box first.');
  const request = RunnerStateRequest.safeParse({ order: form.get('order'), reason: form.get('reason') });
  if (!request.success) return refused(issueOf(request.error));
  try {
    const { name, state } = await orderRunner(await currentViewer(), String(form.get('runner')), request.data);
    revalidatePath('/runners');
    return { problem: null, done: `${name} is ${state}.` };
  } catch (error) {
    if (error instanceof AppError) return refused(error.message);
    throw error;
  }
}
