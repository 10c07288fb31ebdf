import { AppError } from '../errors.ts';
import { bytesOf } from '../http.ts';

/** The fields of a body that is a form, as OAuth has it, or the same as JSON; only its texts. */
export async function formFields(request: Request): Promise<Record<string, string>> {
  const text = new TextDecoder().decode(await bytesOf(request, 4096));
  if (!(request.headers.get('content-type') ?? '').startsWith('application/json'))
    return Object.fromEntries(new URLSearchParams(text));
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(
        Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
      );
  } catch {}
  throw new AppError('bad-request', 'The body is neither a form nor JSON.');
}
