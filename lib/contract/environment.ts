import { z } from 'zod';

/**
 * Every variable that Antidote reads, in one place: names, defaults, what is wanted. `.env.example` lists them for
 * people.
 */
const Variables = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number().int().min(1).max(65_535).default(3000),
  ANTIDOTE_DATA: z.string().min(1).default('.data'),
  XDG_CACHE_HOME: z.string().optional(),
  XDG_CONFIG_HOME: z.string().optional(),
  HOME: z.string().default('/'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  /** Set by Vercel on its own machines. */
  VERCEL: z.string().optional(),
  POSTGRES_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  ANTIDOTE_URL: z.url({ protocol: /^https?$/ }).optional(),
  ANTIDOTE_TOKEN: z.string().min(1).optional(),
  ANTIDOTE_BACKEND: z.enum(['auto', 'tensorflow', 'wasm']).default('auto'),
  ANTIDOTE_JAIL: z.enum(['auto', 'bubblewrap', 'gvisor']).default('auto'),
  ANTIDOTE_ENROL: z.string().min(1).optional(),
  /** Provider subjects with the organizer's role, as provider:subject, separated by commas. */
  ANTIDOTE_ORGANIZERS: z.string().default(''),
  NEXTAUTH_SECRET: z.string().min(16).optional(),
  NEXTAUTH_URL: z.url({ protocol: /^https?$/ }).optional(),
  GITHUB_ID: z.string().optional(),
  GITHUB_SECRET: z.string().optional(),
  ORCID_ID: z.string().optional(),
  ORCID_SECRET: z.string().optional(),
  /** Set by Next while it builds. */
  NEXT_PHASE: z.string().optional(),
  NODE_ENV: z.string().optional(),
  CI: z.string().optional(),
  NO_COLOR: z.string().optional(),
});
export type Environment = z.infer<typeof Variables>;

/**
 * Reads the variables. Throws RangeError naming the first one that is wrong, what it was, and what is wanted. Secrets
 * are not repeated.
 */
export function environment(variables: Record<string, string | undefined>): Environment {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== '')); // an empty variable is an unset one
  const parsed = Variables.safeParse(given);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const name = String(issue.path[0]);
  const was = /SECRET|TOKEN|ENROL|URL/.test(name) ? '' : ` is '${given[name]}'`;
  throw new RangeError(`${name}${was}: ${issue.message}`);
}
