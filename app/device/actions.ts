'use server';

import { requireViewer } from '@/lib/auth.ts';
import type { TokenScope } from '@/lib/contract/ids.ts';
import { answerDevice, scopesAsked } from '@/lib/db/devices.ts';
import { hasGuessedTooOften, noteWrongCode } from '@/lib/wrong-codes.ts';

export type DeviceState = {
  code: string;
  scopes: TokenScope[] | null;
  problem: string | null;
  done: 'approved' | 'denied' | null;
};

const wrong = 'This code is wrong, has run out or was answered before.';

/** First looks the code up and shows what is asked for; then, with a decision, answers it. */
export async function decideDevice(_: DeviceState, form: FormData): Promise<DeviceState> {
  const viewer = await requireViewer();
  const code = String(form.get('code') ?? '').slice(0, 20);
  const nothing = { code, scopes: null, done: null };
  if (hasGuessedTooOften(viewer.id)) return { ...nothing, problem: 'Too many wrong codes; wait ten minutes.' };
  const decision = form.get('decision');
  if (decision === 'approve' || decision === 'deny') {
    const approved = decision === 'approve';
    const answered = await answerDevice(viewer, code, approved);
    return answered
      ? { ...nothing, problem: null, done: approved ? 'approved' : 'denied' }
      : { ...nothing, problem: wrong };
  }
  const scopes = await scopesAsked(code);
  if (!scopes) noteWrongCode(viewer.id);
  return { ...nothing, scopes, problem: scopes ? null : wrong };
}
