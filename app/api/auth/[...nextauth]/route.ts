import { authRoute } from '@/lib/auth.ts';
import { guarded } from '@/lib/http.ts';

/**
 * GET: the callbacks of providers, and where they failed. Nothing else of next-auth's is served: signing in and out
 * have forms of ours, its POST reads a body of any size of anybody, and its session would renew a cookie that has
 * ended.
 */
export const GET = guarded(authRoute);
