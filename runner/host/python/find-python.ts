import { spawnSync } from 'node:child_process';

/** From this version on, the lock files hold packages for it; the last one is not included. */
const versions = { from: 11, until: 15 };

const names = ['python3', 'python3.13', 'python3.12', 'python3.11', 'python3.14'];

export type Python = { readonly executable: string; readonly version: string };

/** The first Python 3.11 … 3.14 that the machine has, or null. */
export function findPython(): Python | null {
  for (const name of names) {
    const { status, stdout } = spawnSync(
      name,
      ['-c', "import sys; print(sys.executable); print('%d.%d.%d' % sys.version_info[:3])"],
      { encoding: 'utf8', timeout: 120_000 },
    );
    const [executable, version] = (stdout ?? '').trim().split('\n');
    const minor = Number(version?.split('.')[1]);
    if (status === 0 && executable && version?.startsWith('3.') && minor >= versions.from && minor < versions.until)
      return { executable, version };
  }
  return null;
}

export const wantedPython = `Python 3.${versions.from} to 3.${versions.until - 1}`;
