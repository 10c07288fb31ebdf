import { join } from 'node:path';
import type { Guest } from './guests/guest.ts';
import { type Opening, tmpBytes } from './jail.ts';
import { mountTmpfs } from './out-folder.ts';
import { secondFilter } from './second-filter.ts';

/** Descriptors that bubblewrap itself uses; it hands none of them on. */
export const seccompFd = 3;
export const infoFd = 4;
export const blockFd = 5;

/** Folders of the supervisor. The guest finds them under other names. */
export type Places = { readonly job: string; readonly out: string; readonly tmp: string };

export const placesIn = (folder: string, job: string): Places => ({
  job,
  out: join(folder, 'out'),
  tmp: join(folder, 'tmp'),
});

/**
 * Program and arguments that end as process 1 of a sandbox, which is the guest. First `unshare` makes a mount namespace
 * of our own, in which the two folders that the guest may write become file systems of fixed size that execute nothing:
 * bubblewrap's own can not be `noexec`. Then bubblewrap binds them.
 */
export function bubblewrapCommand(guest: Guest, places: Places, { backend, limits }: Opening): readonly string[] {
  const command = guest.command({ backend, memoryBytes: limits.memoryBytes }, (inside) => inside);
  return [
    ...['unshare', '--user', '--map-root-user', '--mount', '--'],
    ...['sh', '-c', furnish(limits.outBytes), 'jail', places.out, places.tmp],
    ...namespaces,
    ...Object.entries(guest.environment).flatMap(([name, value]) => ['--setenv', name, value]),
    ...guest.mounts(backend).flatMap(([outside, inside]) => ['--ro-bind', outside, inside]),
    ...['--ro-bind', places.job, '/job', '--bind', places.out, '/out', '--bind', places.tmp, '/tmp'],
    ...['null', 'zero', 'random', 'urandom'].flatMap((name) => ['--dev-bind', `/dev/${name}`, `/dev/${name}`]),
    ...['--symlink', command[0]!, '/proc/self/exe'],
    ...['--remount-ro', '/', '--chdir', '/tmp'],
    ...['--', ...command, ...secondFilter(guest)],
  ];
}

const furnish = (outBytes: number) =>
  `${mountTmpfs(outBytes, '$1')} && ${mountTmpfs(tmpBytes, '$2')} && shift 2 && exec bwrap "$@"`;

/**
 * No /proc but for one link in a folder of that name, without which TensorFlow aborts: the real one tells of the
 * machine, its load and its paths.
 */
const namespaces = [
  ...['--unshare-all', '--unshare-user', '--disable-userns', '--uid', '1000', '--gid', '1000', '--cap-drop', 'ALL'],
  ...['--hostname', 'jail', '--new-session', '--die-with-parent', '--as-pid-1', '--clearenv'],
  ...['--seccomp', `${seccompFd}`, '--info-fd', `${infoFd}`, '--block-fd', `${blockFd}`],
];
