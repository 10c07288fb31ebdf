import { type ChildProcess, fork } from 'node:child_process';
import { rmSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { chores } from '../../lib/catalog/chores.ts';
import { callChore, localOrigin } from '../client/local-site.ts';
import { HarnessFault } from '../errors.ts';
import { distPath } from '../host/dist.ts';
import { childEnvironment } from '../host/env.ts';
import { dataPath } from '../host/places.ts';
import { textOf } from '../host/text-of.ts';
import { findIdentity } from '../worker/identity.ts';
import { offeredLabels } from '../worker/offered-labels.ts';

/** A local runner: a process that knows the site over HTTP only, and none of its secrets. It has enrolled. */
export async function startRunner(): Promise<ChildProcess> {
  const offered = await offeredLabels();
  const known = await findIdentity();
  const code =
    known && String(known.offered) === String(offered)
      ? null
      : (await callChore(chores.runnerCode, { labels: offered })).code;
  const variables = { ANTIDOTE_URL: localOrigin(), ANTIDOTE_DATA: dataPath(), ...(code && { ANTIDOTE_ENROL: code }) };
  const child = fork(distPath('antidote.mjs'), ['work'], {
    env: childEnvironment(variables, { secrets: false }),
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: [],
    detached: true, // Ctrl-C reaches it through this process, after which it still gives back what it holds
  });
  const file = dataPath('runner.pid');
  await writeFile(`${file}.new`, `${child.pid}\n`);
  await rename(`${file}.new`, file);
  child.once('exit', () => {
    if (textOf(file) === `${child.pid}\n`) rmSync(file, { force: true });
  });
  await new Promise<void>((enrolled, failed) => {
    child.once('message', () => enrolled());
    child.once('exit', (status) => failed(new HarnessFault(`The runner ended with ${status} before it had enrolled.`)));
    child.once('error', failed);
  });
  return child;
}
