import { isCallOfOurs, isEmptyCall } from './action-call.ts';
import { isFormType, type Refusal } from './page-request.ts';

/**
 * Why a page does not take a request by its body, or null: a form that breaks off, is none, or calls an action as no
 * form of ours does. It is read, and there for Next to read again.
 */
export async function formDefect(request: Request): Promise<Refusal | null> {
  if (request.method !== 'POST') return null;
  const called = request.headers.get('next-action');
  if (!isFormType(request.headers.get('content-type') ?? ''))
    return called === null || isEmptyCall(called, await request.clone().text())
      ? null
      : { status: 400, words: 'An action takes a form, as multipart/form-data' };
  let form: FormData;
  try {
    form = await request.clone().formData();
  } catch {
    return { status: 400, words: 'The form is not whole; send it again' };
  }
  return isCallOfOurs(called, form) ? null : { status: 400, words: 'This is not a form of this page; load it anew' };
}
