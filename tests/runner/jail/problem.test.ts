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
  expect(await jailProblem()).toBeNull();
});

test.each([
  ['spawn bwrap ENOENT', /apt-get install bubblewrap/],
  ['bwrap: setting up uid map: Permission denied', /user namespaces are not allowed: (sysctl|in a container)/],
  ['bwrap: No permissions to create new namespace', /user namespaces are not allowed/],
  ['bwrap: Unknown option --disable-userns', /0\.8 is wanted/],
  ['bwrap: something new', /bubblewrap can make no sandbox/],
])('%s: the fix is named', async (message, fix) => {
  const problem = await tryJail(failing(message));
  expect(problem).toMatch(fix);
  expect(problem).toContain(`(${message})`);
});

test.runIf(requires('bubblewrap'))('a machine without bubblewrap is told so by the jail itself', async () => {
  const { PATH } = process.env;
  process.env.PATH = '/nowhere';
  const problem = await tryJail((guest) => jailOf('bubblewrap', guest)).finally(() => {
    process.env.PATH = PATH;
  });
  expect(problem).toMatch(/apt-get install bubblewrap/);
});
