import { spawn } from 'node:child_process';
import { HarnessFault } from '../../errors.ts';

/** How to come by a program that is missing. */
const origin: Record<string, string> = {
  python3: 'apt-get install python3 python3-pip',
  'g++': 'apt-get install g++',
  npm: 'install Node.js with npm',
};

/**
 * Runs a program to its end. Throws HarnessFault naming the command and the last thing it said, or what to install
 * where it is missing.
 */
export async function command(program: string, args: readonly string[], cwd: string, limitMs: number): Promise<void> {
  const child = spawn(program, args, {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: limitMs,
    killSignal: 'SIGKILL',
  });
  let said = '';
  const keep = (chunk: Buffer) => {
    said = (said + chunk).slice(-4000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const [error, code] = await new Promise<[NodeJS.ErrnoException | null, number | null]>((resolve) => {
    child.on('error', (failure) => resolve([failure, null])).on('close', (status) => resolve([null, status]));
  });
  if (error?.code === 'ENOENT')
    throw new HarnessFault(
      `The native engine needs ${program}, which is not installed: ${origin[program] ?? program}.`,
    );
  if (code === 0) return;
  const missingPip = /No module named pip/.test(said);
  if (missingPip)
    throw new HarnessFault('The native engine needs pip, which python3 lacks: apt-get install python3-pip.');
  const last = said.trim().split('\n').slice(-3).join(' ');
  throw new HarnessFault(
    `\`${[program, ...args].join(' ').slice(0, 300)}\` failed (${error?.message ?? `exit ${code}`}): ${last}`,
  );
}
