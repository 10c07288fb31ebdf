import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HarnessFault } from '../errors.ts';
import { namespacesFix } from '../host/namespaces.ts';
import { withScratch } from '../host/scratch.ts';
import type { Guest } from './guests/guest.ts';
import { nodeGuest } from './guests/node.ts';
import { defaultLimits, type Jail } from './jail.ts';

/** A guest that says it is there, and nothing more. */
const program =
  "import { writeFileSync } from 'node:fs'; console.log('ready'); writeFileSync('/out/failure.json', '{}');";

/** Why this jail can't be had here, with the fix, in one sentence; or null. */
export async function tryJail(jailOf: (guest: Guest) => Jail): Promise<string | null> {
  if (process.platform !== 'linux') return `the jail needs Linux, and this is ${process.platform}`;
  return withScratch(async (folder) => {
    const path = join(folder, 'guest.mjs');
    writeFileSync(path, program);
    try {
      const room = await jailOf(nodeGuest({ program: path })).open({ backend: 'wasm', limits: defaultLimits });
      const run = await room.run(20).finally(room.close);
      return run.ready && run.exitCode === 0
        ? null
        : `a guest did not come up in the jail (${run.log.trim().split('\n').at(-1) || run.end})`;
    } catch (error) {
      if (!(error instanceof HarnessFault)) throw error;
      return fixOf(error.message);
    }
  });
}

/** The message, and what helps against what it says. */
function fixOf(message: string): string {
  const fixes: [RegExp, string][] = [
    [/ENOENT|not found/, 'bubblewrap, unshare or mount is not installed: apt-get install bubblewrap util-linux mount'],
    [
      /Unknown option/,
      'bubblewrap is too old, 0.8 is wanted: apt-get install bubblewrap on Debian 12, Ubuntu 24.04 or later',
    ],
    [
      /uid.?map|user namespace|new namespace|not permitted|permission denied/i,
      `user namespaces are not allowed: ${namespacesFix()}`,
    ],
  ];
  return `${fixes.find(([sign]) => sign.test(message))?.[1] ?? 'bubblewrap can make no sandbox'} (${message.replace(/^The jail did not open \((.*)\); .*$/, '$1')})`;
}
