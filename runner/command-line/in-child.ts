import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { constants } from 'node:os';
import { distPath } from '../host/dist.ts';
import { isOrphan } from '../host/scratch.ts';
import { textOf } from '../host/text-of.ts';
import { isSupervised, supervisedBy, type ToParent } from '../host/to-parent.ts';
import { interrupted } from '../terminal/interrupt.ts';
import type { Work } from './later.ts';

/** So long a child may take to end by itself after Ctrl-C. One that computes at a stretch does not hear it. */
const graceMs = 1000;

/**
 * For commands that may compute long at a stretch, such as crafting an attack: the work is done by a child process, and
 * this one hears Ctrl-C meanwhile. It ends the child, clears away what that would leave behind, and says what is kept.
 */
export const inChild =
  (work: Work): Work =>
  () =>
    isSupervised() ? work() : supervise();

function supervise(): Promise<number> {
  const child = spawn(
    process.execPath,
    ['--import', distPath(supervisedBy), distPath('antidote.mjs'), ...process.argv.slice(2)],
    { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] },
  );
  const [left, locks] = [new Set<string>(), new Set<string>()];
  let kept = '';
  child.on('message', (message: ToParent) => {
    if ('leaves' in message) left.add(message.leaves);
    else if ('cleared' in message) left.delete(message.cleared);
    else if ('locks' in message) locks.add(message.locks);
    else kept = message.kept;
  });
  let killed = false;
  const stop = () => {
    child.kill('SIGINT'); // the terminal sends it to both, others to this one alone
    setTimeout(() => {
      killed = child.kill('SIGKILL');
    }, graceMs);
  };
  interrupted.addEventListener('abort', stop, { once: true });
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('close', (code, signal) => {
      if (killed || signal) {
        for (const path of left) rmSync(path, { recursive: true, force: true });
        for (const path of locks) if (isOrphan(textOf(path))) rmSync(path, { force: true });
      }
      if (killed && kept) process.stderr.write(`${kept}\n`);
      done(interrupted.aborted ? Number(process.exitCode ?? 130) : (code ?? 128 + (constants.signals[signal!] ?? 0)));
    });
  });
}
