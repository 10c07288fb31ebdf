import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { treeOf } from '../../runner/jail/process-tree.ts';

const betweenLooksMs = 20;

/** Waits until it holds. It never gives up: the time limit is that of the test. */
export async function eventually(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await sleep(betweenLooksMs);
}

/**
 * Waits until the processes below this one whose command lines hold that word have come to rest: they are there, they
 * sleep, and used no processor time at several looks.
 */
export async function atRest(word: string): Promise<void> {
  let before = '';
  let same = 0;
  await eventually(() => {
    const now = timesOf(word);
    same = now !== null && now === before ? same + 1 : 0;
    before = now ?? '';
    return same >= 10;
  });
}

/** The processor times of those processes, or null where there is none or one does not sleep. */
function timesOf(word: string): string | null {
  const times = treeOf(process.pid)
    .slice(1)
    .flatMap((pid) => {
      try {
        if (!readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes(word)) return [];
        const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
        const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        return [state === 'S' ? `${pid} ${fields[10]} ${fields[11]}` : null];
      } catch {
        return []; // it ended in between
      }
    });
  return times.length > 0 && !times.includes(null) ? times.join() : null;
}
