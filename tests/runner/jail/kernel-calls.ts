import { execFileSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Guest } from '../../../runner/jail/guests/guest.ts';
import { guests } from '../../../runner/jail/guests/index.ts';
import { jailOf } from '../../../runner/jail/index.ts';
import { defaultLimits, type RealJail } from '../../../runner/jail/jail.ts';
import { runIn } from './run-in.ts';
import { tinyJob } from './tiny-job.ts';

const program = fileURLToPath(new URL('../../fixtures/hostile/calls-the-kernel.pl', import.meta.url));
const perl = '/usr/bin/perl';
const limits = { ...defaultLimits, seconds: 20 };

/** Perl under Node's filter: another program than Node, and one that calls the kernel by number. */
const perlGuest = (): Guest => ({
  command: (_, at) => [at('/bin/guest'), at('/guest.pl')],
  mounts: () => [
    ...[...execFileSync('ldd', [perl], { encoding: 'utf8' }).matchAll(/(\/\S+) \(0x/g)].map(
      ([, path]) => [path!, path!] as const,
    ),
    [realpathSync(perl), '/bin/guest'],
    [program, '/guest.pl'],
  ],
  environment: { LANG: 'C' },
  calls: guests.javascript().calls,
});

/** What comes of what a guest calls beyond its list, and of what it writes and runs. x86-64 only. */
export const kernelCalls = (jail: RealJail) =>
  test('a jail starts any guest by its record; what the guest calls beyond its list is refused, and what it wrote is not run', async () => {
    const { job, remove } = tinyJob({ code: '' }, 'filter');
    const run = await runIn(jailOf(jail, perlGuest()), { job, backend: 'wasm', limits }).finally(remove);
    expect(run).toMatchObject({ ready: true, end: 'exited' });
    // By the loader. gVisor lets it map what was written; nothing that is mapped can call more.
    const refused = /\/tmp\/copy: failed to map segment from shared object/;
    if (jail === 'bubblewrap') expect(run.log).toMatch(refused);
    const answers = [...run.log.matchAll(/^(.*): (\d+|got)$/gm)].map(([, name, answer]) => `${name}: ${answer}`);
    const names = answers.map((line) => line.replace(/: \w+$/, ''));
    const [EPERM, EACCES, ENOSYS] = [1, 13, 38];
    const missing = jail === 'gvisor' ? /^clone3/ : /^clone3|future/; // gVisor's filter has one answer
    const wanted = (name: string) => (name === 'runs what it wrote' ? EACCES : missing.test(name) ? ENOSYS : EPERM);
    expect(answers).toEqual(names.map((name) => `${name}: ${wanted(name)}`));
    expect(names).toHaveLength(27);
  });
