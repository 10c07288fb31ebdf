import type { Opening } from './jail.ts';
import { mountTmpfs } from './out-folder.ts';

/** The pipe that holds the guest back; the guest does not get it. */
export const blockFd = 3;

export type GvisorPlaces = {
  readonly job: string;
  readonly out: string;
  /** As the OCI runtime specification has it: config.json, and a root folder. */
  readonly bundle: string;
  /** What runsc keeps of its container. */
  readonly state: string;
};

/**
 * Program and arguments that end as `runsc`, process 1 of a pid namespace. Killing it, or the program above it, or
 * whoever spawned that, kills all within. /out becomes a file system of fixed size before the guest is let go.
 */
export function gvisorCommand({ out, bundle, state }: GvisorPlaces, { limits }: Opening): readonly string[] {
  return [
    ...['setpriv', '--pdeathsig', 'KILL', '--'],
    ...[
      'unshare',
      '--user',
      '--map-root-user',
      '--mount',
      '--net',
      '--pid',
      '--fork',
      '--kill-child',
      '--mount-proc',
      '--',
    ],
    ...['sh', '-c', `${mountTmpfs(limits.outBytes, '$1')} && shift && read -r _ <&3 && exec 3<&- && exec runsc "$@"`],
    ...['jail', out, '--root', state, '--rootless', '--network=none', '--ignore-cgroups', '--oci-seccomp'],
    ...['run', '--bundle', bundle, 'jail'],
  ];
}
