import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../runner/antidote.mjs', import.meta.url));

export type Ended = { code: number | null; out: string; err: string };

/**
 * Runs the command line as a person would, with nothing of this process's own settings but the search path, and `env`.
 */
export function antidote(args: readonly string[], env: Record<string, string> = {}, cwd?: string): Promise<Ended> {
  const { PATH, HOME } = process.env;
  const variables: Record<string, string | undefined> = { PATH, HOME, NO_COLOR: '1', ...env };
  const child = spawn(process.execPath, [program, ...args], {
    cwd,
    env: variables as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    err += text;
  });
  return new Promise((done) => child.on('close', (code) => done({ code, out, err })));
}
