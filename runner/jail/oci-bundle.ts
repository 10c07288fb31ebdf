import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Guest } from './guests/guest.ts';
import type { GvisorPlaces } from './gvisor-command.ts';
import { type Opening, tmpBytes } from './jail.ts';
import { ociSeccomp } from './oci-seccomp.ts';
import { secondFilter } from './second-filter.ts';

/**
 * Writes a guest's bundle (https://github.com/opencontainers/runtime-spec): what bubblewrap is told in arguments.
 * Within the sandbox the guest is user 0 without a capability: no other user of the host could own what it leaves in
 * /out.
 */
export function ociBundle(guest: Guest, { job, out, bundle }: GvisorPlaces, { backend, limits }: Opening): void {
  const command = guest.command({ backend, memoryBytes: limits.memoryBytes }, (inside) => inside);
  const args = [...command, ...secondFilter(guest)];
  const [root, proc, sys] = ['root', 'proc', 'sys'].map((name) => join(bundle, name)) as [string, string, string];
  for (const folder of [root, join(proc, 'self'), sys]) mkdirSync(folder, { recursive: true });
  symlinkSync(args[0]!, join(proc, 'self/exe'));
  const none = { bounding: [], effective: [], inheritable: [], permitted: [], ambient: [] };
  const config = {
    ociVersion: '1.0.2',
    process: {
      terminal: false,
      user: { uid: 0, gid: 0 },
      args,
      env: Object.entries({ ...guest.environment, PWD: '/tmp' }).map(([name, value]) => `${name}=${value}`),
      cwd: '/tmp',
      capabilities: none,
      rlimits: [{ type: 'RLIMIT_NPROC', soft: limits.tasks, hard: limits.tasks }],
      noNewPrivileges: true,
    },
    root: { path: root, readonly: true },
    hostname: 'jail',
    mounts: [
      // An empty folder and a link hide the sentry's own /proc and /sys.
      ...[[proc, '/proc'], [sys, '/sys'], [job, '/job'], ...guest.mounts(backend)].map(([source, destination]) => ({
        destination,
        type: 'bind',
        source,
        options: ['rbind', 'ro', 'nosuid', 'nodev'],
      })),
      // The sentry's own devices; without `ro` the guest could write a program beside them.
      ...['/dev', '/dev/shm'].map((destination) => ({
        destination,
        type: 'tmpfs',
        source: 'none',
        options: ['ro', ...inert],
      })),
      { destination: '/out', type: 'bind', source: out, options: ['rbind', 'rw', ...inert] },
      { destination: '/tmp', type: 'tmpfs', source: 'tmpfs', options: [...inert, `size=${tmpBytes}`] },
    ],
    linux: {
      namespaces: ['pid', 'network', 'ipc', 'uts', 'mount'].map((type) => ({ type })),
      seccomp: ociSeccomp(guest.calls),
    },
  };
  writeFileSync(join(bundle, 'config.json'), JSON.stringify(config));
}

const inert = ['nosuid', 'nodev', 'noexec'];
