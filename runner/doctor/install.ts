import { spawn } from 'node:child_process';
import { projectDir } from '../host/dist.ts';
import { childEnvironment } from '../host/env.ts';
import { type Part, type PartId, parts } from './parts.ts';
import { mayInstall } from './system.ts';

/**
 * What is installed unless parts are named. Not every Debian and Ubuntu has runsc, and one jail is enough. The large
 * sets of Python are for who asks for them.
 */
const unasked = parts.map(({ id }) => id).filter((id) => !['gvisor', 'python-jax', 'python-torch'].includes(id));

const limitMs = 900_000;

/**
 * Installs what is missing of these parts: Debian packages where that may be done without asking, then what is made in
 * the user's own cache. What could not be installed is said and left: whoever needs it says what to do. Nothing is
 * done, and nothing fetched, where nothing is missing.
 */
export async function installMissing(report: (line: string) => void, ids: readonly PartId[] = unasked): Promise<void> {
  const lacking = parts.filter((part) => ids.includes(part.id) && part.problem() !== null);
  await installPackages(report, [...new Set(lacking.flatMap((part) => part.packages))]);
  for (const part of lacking) if (part.make) await makePart(report, part, part.make);
}

async function installPackages(report: (line: string) => void, packages: readonly string[]): Promise<void> {
  if (packages.length === 0 || !mayInstall()) return;
  report(`installing ${packages.join(', ')}`);
  const install = () => aptGet('install', '-y', '--no-install-recommends', ...packages);
  if (await install()) return;
  await aptGet('update');
  if (!(await install())) report(`apt-get install ${packages.join(' ')} failed`);
}

async function makePart(report: (line: string) => void, { title }: Part, command: string): Promise<void> {
  report(`making ${title}: ${command}`);
  if (!(await ended('sh', ['-c', command]))) report(`making ${title} failed; run '${command}' to see why`);
}

/** Whether it went through. Waits for another apt-get to end. */
const aptGet = (...args: string[]) =>
  ended('apt-get', ['-q', '-o', 'DPkg::Lock::Timeout=300', ...args], { DEBIAN_FRONTEND: 'noninteractive' });

/** Whether the program ended with 0. */
function ended(program: string, args: readonly string[], variables: Record<string, string> = {}): Promise<boolean> {
  const child = spawn(program, args, {
    cwd: projectDir,
    stdio: 'ignore',
    env: childEnvironment(variables, { secrets: false }),
    timeout: limitMs,
  });
  return new Promise((done) => child.on('error', () => done(false)).on('close', (code) => done(code === 0)));
}
