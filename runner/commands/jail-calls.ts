import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { UsageError } from '../errors.ts';
import { searchPath } from '../host/env.ts';
import { withScratch } from '../host/scratch.ts';
import { guests } from '../jail/guests/index.ts';
import { vitest } from '../lanes/vitest.ts';

/** Stands in for bubblewrap: the same without the filter, under strace, which holds none of bubblewrap's descriptors. */
const traced = (folder: string, path: string) => `#!/bin/sh
count=$#
while [ $count -gt 0 ]; do
  word=$1; shift; count=$((count - 1))
  if [ "$word" = --seccomp ]; then shift; count=$((count - 1)); else set -- "$@" "$word"; fi
done
strace -f -qq -o '${folder}'/$$ -p $$ </dev/null >/dev/null 2>&1 3>&- 4>&- 5>&- &
until grep -q 'TracerPid:.[1-9]' /proc/$$/status; do sleep 0.01; done
PATH='${path}' exec bwrap "$@"
`;

/**
 * Runs the honest modules under a trace and prints the system calls of the guest, and those that its list lacks. With
 * another Node, that one's. It wants strace.
 */
export async function printJailCalls(): Promise<number> {
  return withScratch(async (folder) => {
    const traces = join(folder, 'traces');
    mkdirSync(traces);
    const path = searchPath().join(delimiter);
    writeFileSync(join(folder, 'bwrap'), traced(traces, path));
    chmodSync(join(folder, 'bwrap'), 0o755);
    const PATH = [folder, path].join(delimiter);
    const { code } = await vitest(['tests/runner/jail/honest.test.ts'], join(folder, 'report.json'), {
      variables: { PATH },
    });
    const names = [
      ...new Set(readdirSync(traces).flatMap((file) => callsIn(readFileSync(join(traces, file), 'utf8')))),
    ];
    if (names.length === 0) throw new UsageError('Nothing was traced. This wants strace: apt-get install strace.');
    const listed: readonly string[] = guests.node().calls;
    process.stdout.write(`${names.sort().join(' ')}\n\n`);
    process.stdout.write(`Not listed: ${names.filter((name) => !listed.includes(name)).join(' ') || 'none'}\n`);
    return code;
  });
}

/** The names of the calls in a trace, from the guest's own start on. */
function callsIn(trace: string): string[] {
  const start = /^\d+ +execve\("\/bin\/node".*\n/m.exec(trace);
  const own = start ? trace.slice(start.index + start[0].length) : '';
  return [...own.matchAll(/^\d+ +(?:<\.\.\. )?([a-z]\w*)[( ]/gm)].map(([, name]) => name!);
}
