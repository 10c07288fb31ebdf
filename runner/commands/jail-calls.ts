import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { UsageError } from '../errors.ts';
import { searchPath } from '../host/env.ts';
import { withScratch } from '../host/scratch.ts';
import { nodeCalls } from '../jail/guests/node-calls.ts';
import { pythonCalls } from '../jail/guests/python-calls.ts';
import { vitest } from '../lanes/vitest.ts';
import { tell } from '../terminal/tell.ts';

/** The guests' programs, as they are called inside. */
const traced = [
  { program: '/bin/node', calls: nodeCalls },
  { program: '/python/bin/python3', calls: pythonCalls },
];

/**
 * Stands in for bubblewrap: the same without the filter, under strace, which holds none of bubblewrap's descriptors.
 */
const bwrapTraced = (folder: string, path: string) => `#!/bin/sh
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
 * Runs the honest modules under a trace and prints the system calls of each guest, and those that its list lacks. With
 * another Node, that one's. It wants strace.
 */
export async function printJailCalls(): Promise<number> {
  return withScratch(async (folder) => {
    const traces = join(folder, 'traces');
    mkdirSync(traces);
    const path = searchPath().join(delimiter);
    writeFileSync(join(folder, 'bwrap'), bwrapTraced(traces, path));
    chmodSync(join(folder, 'bwrap'), 0o755);
    const PATH = [folder, path].join(delimiter);
    const { code } = await vitest(['tests/runner/jail/honest.test.ts'], join(folder, 'report.json'), {
      variables: { PATH },
    });
    const texts = readdirSync(traces).map((file) => readFileSync(join(traces, file), 'utf8'));
    for (const { program, calls } of traced) {
      const names = [...new Set(texts.flatMap((text) => callsIn(text, program)))];
      if (names.length === 0)
        throw new UsageError(`Nothing of ${program} was traced. This wants strace: apt-get install strace.`);
      const listed: readonly string[] = calls;
      tell(`${program}: ${names.sort().join(' ')}`);
      tell(`Not listed: ${names.filter((name) => !listed.includes(name)).join(' ') || 'none'}\n`);
    }
    return code;
  });
}

/** The names of the calls in a trace, from the guest's own start on; none where another program was the guest. */
function callsIn(trace: string, program: string): string[] {
  const start = new RegExp(`^\\d+ +execve\\("${program}".*\\n`, 'm').exec(trace);
  const own = start ? trace.slice(start.index + start[0].length) : '';
  return [...own.matchAll(/^\d+ +(?:<\.\.\. )?([a-z]\w*)[( ]/gm)].map(([, name]) => name!);
}
