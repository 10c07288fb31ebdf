import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { environment } from '../../lib/contract/environment.ts';
import { projectDir } from './dist.ts';

/**
 * The runner's one door to `process.env`, checked when first asked for. The project's `.env` counts as it does for the
 * site: what is set already stays.
 */
let read: ReturnType<typeof environment> | undefined;
export function env(): ReturnType<typeof environment> {
  const file = join(projectDir, '.env');
  if (!read && existsSync(file)) process.loadEnvFile(file);
  read ??= environment(process.env);
  return read;
}

/** Sets what a native library reads from the environment as it is loaded. */
export const exportVariables = (variables: Record<string, string>) => Object.assign(process.env, variables);

/** The folders that programs are searched in. */
export const searchPath = () =>
  (process.env.PATH ?? '/usr/local/bin:/usr/bin:/bin').split(':').filter((folder) => folder !== '');

const secrets =
  /^(NEXTAUTH_|GITHUB_|ORCID_|POSTGRES_|DATABASE_URL$|ANTIDOTE_(TOKEN|ENROL|ORGANIZERS)$|NODE_OPTIONS$|LD_)|SECRET|PASSWORD|_TOKEN$|_KEY$/;

/**
 * What a child process is given: this process's variables and `extra`. Without `secrets` it gets nothing that opens the
 * site, the database or an account.
 */
export function childEnvironment(extra: Record<string, string>, keep: { secrets: boolean }): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && (keep.secrets || !secrets.test(entry[0])),
  );
  return { ...Object.fromEntries(own), ...extra } as NodeJS.ProcessEnv;
}
