import { spawn } from 'node:child_process';
import { childEnvironment } from '../host/env.ts';
import { type PartId, parts } from './parts.ts';
import { mayInstall } from './system.ts';

const limitMs = 900_000;

/**
 * Installs the Debian packages of what is missing, where that may be done without asking. What could not be installed
 * is said and left: whoever needs it says what to do. Nothing is done, and nothing fetched, where nothing is missing.
 */
export async function installMissing(
  report: (line: string) => void,
  ids: readonly PartId[] = parts.map(({ id }) => id),
): Promise<void> {
  const lacking = parts.filter((part) => ids.includes(part.id) && part.packages.length > 0 && part.problem() !== null);
  if (lacking.length === 0 || !mayInstall()) return;
  const packages = [...new Set(lacking.flatMap((part) => part.packages))];
  report(`installing ${packages.join(', ')}`);
  const install = () => aptGet('install', '-y', '--no-install-recommends', ...packages);
  if (await install()) return;
  await aptGet('update');
  if (!(await install())) report(`apt-get install ${packages.join(' ')} failed`);
}

/** Whether it went through. Waits for another apt-get to end. */
function aptGet(...args: string[]): Promise<boolean> {
  const options = ['-q', '-o', 'DPkg::Lock::Timeout=300'];
  const child = spawn('apt-get', [...options, ...args], {
    stdio: 'ignore',
    env: childEnvironment({ DEBIAN_FRONTEND: 'noninteractive' }, { secrets: false }),
    timeout: limitMs,
  });
  return new Promise((done) => child.on('error', () => done(false)).on('close', (code) => done(code === 0)));
}
