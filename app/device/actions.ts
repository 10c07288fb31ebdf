'use server';

import { headers } from 'next/headers';
import { requireViewer } from '@/lib/auth.ts';
import { clientAddress } from '@/lib/client-address.ts';
import type { TokenScope } from '@/lib/contract/ids.ts';
import { answerDevice, scopesAsked } from '@/lib/db/devices.ts';
import { AppError } from '@/lib/errors.ts';
import { textIn } from '@/lib/form-text.ts';

export type DeviceState = {
  code: string;
  scopes: TokenScope[] | null;
  problem: string | null;
  done: 'approved' | 'denied' | null;
};

const wrong = 'This code is wrong, has run out or was answered before.';

/** First looks the code up and shows what is asked for; then, with a decision, answers it. */
export async function decideDevice(_: DeviceState, form: FormData): Promise<DeviceState> {
  const address = clientAddress(await headers());
  const code = textIn(form, 'code').slice(0, 20);
  const nothing = { code, scopes: null, done: null };
  const decision = form.get('decision');
  try {
    const viewer = await requireViewer();
    if (decision === 'approve' || decision === 'deny') {
      const approved = decision === 'approve';
      return (await answerDevice(viewer, address, code, approved))
        ? { ...nothing, problem: null, done: approved ? 'approved' : 'denied' }
        : { ...nothing, problem: wrong };
    }
    const scopes = await scopesAsked(viewer, address, code);
    return { ...nothing, scopes, problem: scopes ? null : wrong };
  } catch (error) {
    if (error instanceof AppError) return { ...nothing, problem: error.message };
    throw error;
  }
}
