import { isCallOfOurs, isEmptyCall } from './action-call.ts';
import { AppError } from './errors.ts';
import { requireSameOrigin } from './site-origin.ts';

/** Of a form's body; next.config.mjs says the same to Next. */
const formBytes = 2 ** 20;

type Refusal = { status: number; words: string };
type PageRequest = { readonly method: string; readonly headers: Pick<Headers, 'get'> };

/**
 * Why a page does not take a request, as a clause, or null. Forms are sent by POST, from this site's own pages, whole, and in a form
 * that Next can read: it answers others with 500.
 */
export function pageRefusal({ method, headers }: PageRequest): Refusal | null {
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return null;
  if (method !== 'POST') return { status: 405, words: 'A page takes GET, HEAD and POST' };
  const type = headers.get('content-type') ?? '';
  if (/^multipart\/form-data/i.test(type) && !/;\s*boundary=\S/i.test(type))
    return { status: 400, words: 'The Content-Type of a form wants a boundary' };
  if (Number(headers.get('content-length') ?? 0) > formBytes)
    return { status: 413, words: `A form has at most ${formBytes.toLocaleString('en-US')} bytes, files included` };
  try {
    requireSameOrigin(headers);
    return null;
  } catch (error) {
    if (error instanceof AppError) return { status: error.status, words: error.message.replace(/\.$/, '') };
    throw error;
  }
}

/** The same of its body: a form that breaks off, is none, or calls an action as no form of ours does. It is read, and there for Next to read again. */
export async function formDefect(request: Request): Promise<Refusal | null> {
  if (request.method !== 'POST') return null;
  const called = request.headers.get('next-action');
  if (!/^multipart\/form-data/i.test(request.headers.get('content-type') ?? ''))
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
