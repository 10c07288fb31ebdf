import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { HarnessFault } from '../errors.ts';
import { childEnvironment } from './env.ts';

/**
 * Runs a Node program to its end, and kills it and all that it started when the signal is aborted. `line` hears what it
 * prints, line by line. One in the `background` gets the processor when nothing else wants it. Throws HarnessFault with
 * its last words where it fails, and the signal's reason where it is aborted.
 */
export async function runProgram(
  args: readonly string[],
  options: { cwd: string; env: Record<string, string>; background?: boolean; signal: AbortSignal },
  line: (text: string) => void,
): Promise<void> {
  const { signal } = options;
  signal.throwIfAborted();
  const child = spawn(process.execPath, args, {
    cwd: options.cwd,
    env: childEnvironment(options.env, { secrets: false }),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  if (child.pid && options.background) yieldToAll(child.pid);
  const stop = () => killGroup(child, 'SIGKILL');
  signal.addEventListener('abort', stop);
  const words: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      for (const said of text
        .split('\n')
        .map((part) => part.trim())
        .filter(Boolean)) {
        words.push(said);
        words.splice(0, words.length - 20);
        line(said);
      }
    });
  const code = await new Promise((done) => child.on('error', done).on('close', done));
  signal.removeEventListener('abort', stop);
  signal.throwIfAborted();
  if (code !== 0) throw new HarnessFault(words.join('\n') || `${args.join(' ')} ended with ${code}.`);
}

/**
 * The leader of a session runs after everything else. Where Linux groups processes by session, a nice value counts only
 * inside the group: the group has one of its own (sched(7), "The autogroup feature"). Without it such a program had
 * half of a processor beside a training.
 */
function yieldToAll(leader: number): void {
  setPriority(leader, constants.priority.PRIORITY_LOW);
  try {
    writeFileSync(`/proc/${leader}/autogroup`, String(constants.priority.PRIORITY_LOW));
  } catch {} // a kernel without groups, or a program that has ended
}

/** The child and all that it started. */
function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (child.pid) process.kill(-child.pid, signal);
  } catch {}
}
