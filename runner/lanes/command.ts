import { spawn } from 'node:child_process';
import { projectDir } from '../host/dist.ts';
import { childEnvironment } from '../host/env.ts';
import { interrupted } from '../terminal/interrupt.ts';

/** Runs a program in the project's root, on this terminal, without secrets. Its exit code; 1 where it did not start. */
export async function runCommand(
  [file, ...args]: readonly [string, ...string[]],
  variables: Record<string, string> = {},
): Promise<number> {
  const child = spawn(file, args, {
    cwd: projectDir,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: childEnvironment(variables, { secrets: false }),
  });
  const stop = () => child.kill('SIGTERM');
  interrupted.addEventListener('abort', stop);
  const code = await new Promise<number>((done) =>
    child.on('error', () => done(1)).on('close', (status) => done(status ?? 1)),
  );
  interrupted.removeEventListener('abort', stop);
  return code;
}
