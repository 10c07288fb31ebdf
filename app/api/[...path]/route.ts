import { AppError } from '@/lib/errors.ts';
import { guarded } from '@/lib/http.ts';

/**
 * An address below /api/ that is none. Without this a page would answer, and read what is sent as a form of its own.
 */
const none = guarded<{ path: string[] }>(() => {
  throw new AppError('not-found', 'There is nothing at this address; /api/v1/openapi.json lists what there is.');
});

export { none as DELETE, none as GET, none as PATCH, none as POST, none as PUT };
