import { authRoute } from '@/lib/auth.ts';
import { guarded } from '@/lib/http.ts';

/**
 * GET: next-auth's own endpoints, callbacks of providers and the session. Its POST is not served: it reads a body of any
 * size of anybody, and signing in and out have forms of ours.
 */
export const GET = guarded(authRoute);
