import { readdirSync, readFileSync } from 'node:fs';

/** A process, told from a later one of the same number by when it began. */
export type Process = { readonly pid: number; readonly began: string };

/** Of /proc/<pid>/stat (proc(5)); the name in parentheses may itself hold anything. */
function statOf(pid: number | string): { parent: number; began: string; state: string } | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0]!, parent: Number(fields[1]), began: fields[19]! };
  } catch {
    return null;
  }
}

export function processOf(pid: number): Process | null {
  const stat = statOf(pid);
  return stat && { pid, began: stat.began };
}

export function isAlive({ pid, began }: Process): boolean {
  const stat = statOf(pid);
  return stat?.began === began && stat.state !== 'Z' && stat.state !== 'X';
}

/** SIGKILL, unless it is gone. */
export function killProcess(process_: Process): void {
  if (isAlive(process_))
    try {
      process.kill(process_.pid, 'SIGKILL');
    } catch {
      // It ended in between.
    }
}

/** The process and all below it. */
export function treeOf(root: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => [Number(name), statOf(name)?.parent] as const);
  const tree = [root];
  for (let i = 0; i < tree.length; i++) for (const [pid, parent] of parents) if (parent === tree[i]) tree.push(pid);
  return tree;
}

/** Resident memory and threads of these processes together, and the largest peak of any of them. */
export function useOf(pids: readonly number[]): { residentBytes: number; peakBytes: number; tasks: number } {
  const uses = pids.map((pid) => {
    try {
      const status = readFileSync(`/proc/${pid}/status`, 'latin1');
      const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
      return { resident: 1024 * field('VmRSS'), peak: 1024 * field('VmHWM'), tasks: field('Threads') };
    } catch {
      return { resident: 0, peak: 0, tasks: 0 };
    }
  });
  return {
    residentBytes: uses.reduce((sum, { resident }) => sum + resident, 0),
    peakBytes: Math.max(0, ...uses.map(({ peak }) => peak)),
    tasks: uses.reduce((sum, { tasks }) => sum + tasks, 0),
  };
}
