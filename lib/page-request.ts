import { AppError } from './errors.ts';
import { requireSameOrigin } from './site-origin.ts';

/** Of a form's body; next.config.mjs says the same to Next. */
const formBytes = 2 ** 20;

/** What a page takes, for the header Allow. */
export const pageMethods: readonly string[] = ['GET', 'HEAD', 'POST', 'OPTIONS'];

export type Refusal = { status: number; words: string };
type PageRequest = { readonly method: string; readonly headers: Pick<Headers, 'get'> };

/** As browsers write it. Next reads case, spaces and further parameters otherwise than others do, or not at all. */
export const isFormType = (type: string): boolean =>
  /^multipart\/form-data; ?boundary=[\w'()+,\-./:=?]{1,70}$/.test(type);

/**
 * Why a page does not take a request by its head, as a clause, or null. Forms are sent by POST, from this site's own
 * pages, whole, and as Next can read them: it answers others with 500. `page-form.ts` looks at the body.
 */
export function pageRefusal({ method, headers }: PageRequest): Refusal | null {
  if (!pageMethods.includes(method)) return { status: 405, words: 'A page takes GET, HEAD and POST' };
  if (method !== 'POST') return null;
  const type = headers.get('content-type') ?? '';
  if (/^\s*multipart\//i.test(type) && !isFormType(type))
    return { status: 400, words: 'The Content-Type of a form is multipart/form-data; boundary=…, and nothing else' };
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
