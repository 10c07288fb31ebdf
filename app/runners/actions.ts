'use server';

import { requireViewer } from '@/lib/auth.ts';
import { RunnerClass } from '@/lib/contract/protocol.ts';
import { createRunnerCode } from '@/lib/db/runners.ts';
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
