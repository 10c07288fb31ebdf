import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HarnessFault } from '../errors.ts';
import { namespacesFix } from '../host/namespaces.ts';
import { withScratch } from '../host/scratch.ts';
import type { Guest } from './guests/guest.ts';
import { nodeGuest } from './guests/node.ts';
import { defaultLimits, type Jail, type RealJail } from './jail.ts';

/** A guest that says it is there, and nothing more. */
const program =
  "import { writeFileSync } from 'node:fs'; console.log('ready'); writeFileSync('/out/failure.json', '{}');";

/** Why this jail can't be had here, with the fix, in one sentence; or null. */
export async function tryJail(kind: RealJail, jailOf: (guest: Guest) => Jail): Promise<string | null> {
  if (process.platform !== 'linux') return `the jail needs Linux, and this is ${process.platform}`;
  return withScratch(async (folder) => {
    const path = join(folder, 'guest.mjs');
    writeFileSync(path, program);
    try {
      const room = await jailOf(nodeGuest({ program: path })).open({ backend: 'wasm', limits: defaultLimits });
      const run = await room.run(20).finally(room.close);
      return run.ready && run.exitCode === 0
        ? null
        : fixOf(kind, run.log.trim().split('\n').at(-1) || `a guest did not come up: ${run.end}`);
    } catch (error) {
      if (!(error instanceof HarnessFault)) throw error;
      return fixOf(kind, error.message);
    }
  });
}

/** What helps against what a jail says, the first that fits; and what is said where none does. */
const fixes: Record<RealJail, { readonly known: readonly (readonly [RegExp, () => string])[]; readonly else: string }> =
  {
    bubblewrap: {
      known: [
        [
          /ENOENT|not found/,
          () => 'bubblewrap, unshare or mount is not installed: apt-get install bubblewrap util-linux mount',
        ],
        [
          /Unknown option/,
          () => 'bubblewrap is too old, 0.8 is wanted: apt-get install bubblewrap on Debian 12, Ubuntu 24.04 or later',
        ],
        [
          /uid.?map|user.namespaces?|new namespace|not permitted|permission denied/i,
          () => `user namespaces are not allowed: ${namespacesFix()}`,
        ],
      ],
      else: 'bubblewrap can make no sandbox',
    },
    gvisor: {
      known: [
        [/ENOENT|not found/, () => 'runsc, unshare or mount is not installed: apt-get install runsc util-linux mount'],
        [
          /flag provided but not defined/,
          () => 'this runsc lacks an option, that of Debian 12 is wanted: apt-get install runsc',
        ],
        [
          /mount|namespace|not permitted|permission denied/i,
          () => `user namespaces, or a /proc in one, are not allowed: ${namespacesFix()}`,
        ],
      ],
      else: 'gVisor can make no sandbox',
    },
  };

/** The message, and what helps against it. */
function fixOf(kind: RealJail, message: string): string {
  const { known, else: other } = fixes[kind];
  const fix = known.find(([sign]) => sign.test(message))?.[1]() ?? other;
  return `${fix} (${message.replace(/^The jail did not open \((.*)\); .*$/, '$1')})`;
}
