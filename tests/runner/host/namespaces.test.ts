import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { namespacesFix } from '../../../runner/host/namespaces.ts';

/** A kernel that has these settings. */
function kernel(settings: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'antidote-settings-'));
  for (const [name, value] of Object.entries(settings)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), `${value}\n`);
  }
  return folder;
}

it.each([
  ['Ubuntu since 23.10', { 'kernel/apparmor_restrict_unprivileged_userns': '1' }, /^sysctl kernel\.apparmor.*AppArmor/],
  ['an older Debian', { 'kernel/unprivileged_userns_clone': '0' }, /^sysctl kernel\.unprivileged_userns_clone=1$/],
  ['a machine that allows none', { 'user/max_user_namespaces': '0' }, /^sysctl user\.max_user_namespaces=\d+$/],
  [
    'a machine that allows them all',
    {
      'kernel/apparmor_restrict_unprivileged_userns': '0',
      'kernel/unprivileged_userns_clone': '1',
      'user/max_user_namespaces': '63000',
    },
    /^in a container: /,
  ],
  ['a kernel without such settings', {}, /^in a container: /],
])('on %s the fix is a setting that is there', (_, settings, fix) => {
  expect(namespacesFix(kernel(settings as Record<string, string>))).toMatch(fix);
});
