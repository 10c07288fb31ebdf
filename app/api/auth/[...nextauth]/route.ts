import { authRoute } from '@/lib/auth.ts';

/** next-auth's own endpoints: callbacks of providers, and the session. */
export { authRoute as GET, authRoute as POST };
