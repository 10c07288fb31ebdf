import { expect, test } from 'vitest';
import { HarnessFault } from '../../../runner/errors.ts';
import { jailOf, jailProblem } from '../../../runner/jail/index.ts';
import type { Jail } from '../../../runner/jail/jail.ts';
import { tryJail } from '../../../runner/jail/try-jail.ts';
import { requires } from '../../support/requires.ts';

/** A jail that can't be opened, for this reason. */
const failing = (message: string) => (): Jail => ({
  open: () =>
    Promise.reject(new HarnessFault(`The jail did not open (${message}); \`npx antidote doctor\` names the fix.`)),
});

test.runIf(requires('bubblewrap'))('where a jail can be had there is no problem', async () => {
  expect(await jailProblem('bubblewrap')).toBeNull();
});

test.each([
  ['bubblewrap', 'spawn bwrap ENOENT', /apt-get install bubblewrap/],
  ['bubblewrap', 'bwrap: setting up uid map: Permission denied', /user namespaces are not allowed: (sysctl|in a cont)/],
  ['bubblewrap', 'bwrap: No permissions to create new namespace', /user namespaces are not allowed/],
  [
    'bubblewrap',
    'bwrap: cannot open /proc/sys/user/max_user_namespaces: Read-only file system',
    /user namespaces are not allowed: (sysctl|in a container)/,
  ],
  ['bubblewrap', 'bwrap: Unknown option --disable-userns', /0\.8 is wanted/],
  ['bubblewrap', 'bwrap: something new', /bubblewrap can make no sandbox/],
  ['gvisor', 'spawn setpriv ENOENT', /apt-get install runsc/],
  ['gvisor', 'jail: 1: exec: runsc: not found', /apt-get install runsc/],
  ['gvisor', 'unshare: unshare failed: Operation not permitted', /not allowed: (sysctl|in a container)/],
  ['gvisor', 'unshare: mount /proc failed: Operation not permitted', /not allowed: (sysctl|in a container)/],
  ['gvisor', 'flag provided but not defined: -oci-seccomp', /that of Debian 12 is wanted/],
  ['gvisor', 'running container: something new', /gVisor can make no sandbox/],
] as const)('%s says %s: the fix is named', async (jail, message, fix) => {
  const problem = await tryJail(jail, failing(message));
  expect(problem).toMatch(fix);
  expect(problem).toContain(`(${message})`);
});

test.runIf(requires('bubblewrap'))('a machine without bubblewrap is told so by the jail itself', async () => {
  const { PATH } = process.env;
  process.env.PATH = '/nowhere';
  const problem = await tryJail('bubblewrap', (guest) => jailOf('bubblewrap', guest)).finally(() => {
    process.env.PATH = PATH;
  });
  expect(problem).toMatch(/apt-get install bubblewrap/);
});
