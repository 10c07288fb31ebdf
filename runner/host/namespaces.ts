import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const container = 'in a container: --security-opt seccomp=unconfined --security-opt systempaths=unconfined';

/**
 * What lets bubblewrap make user namespaces: only settings that this kernel has and that forbid them, or else what a
 * container engine must be told.
 */
export function namespacesFix(folder = '/proc/sys'): string {
  const setting = (name: string) => {
    const file = join(folder, name);
    return existsSync(file) ? readFileSync(file, 'utf8').trim() : null;
  };
  if (setting('kernel/apparmor_restrict_unprivileged_userns') === '1')
    return 'sysctl kernel.apparmor_restrict_unprivileged_userns=0, or an AppArmor profile for bwrap that allows userns';
  if (setting('kernel/unprivileged_userns_clone') === '0') return 'sysctl kernel.unprivileged_userns_clone=1';
  if (setting('user/max_user_namespaces') === '0') return 'sysctl user.max_user_namespaces=15000';
  return container;
}
