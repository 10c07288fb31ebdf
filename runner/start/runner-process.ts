import { type ChildProcess, fork } from 'node:child_process';
import { rename, writeFile } from 'node:fs/promises';
import { chores } from '../../lib/catalog/chores.ts';
import { callChore, localOrigin } from '../client/local-site.ts';
import { HarnessFault } from '../errors.ts';
import { distPath } from '../host/dist.ts';
import { childEnvironment } from '../host/env.ts';
import { dataPath } from '../host/places.ts';
import { findIdentity } from '../worker/identity.ts';
import { offeredLabels } from '../worker/offered-labels.ts';

const shortestRestMs = 1000;
const longestRestMs = 60_000;
const stableMs = 60_000;

/**
 * Keeps one local runner running: a process that knows the site over HTTP only, and none of its secrets. Returns when
 * the first one has enrolled. One that dies is started again with a line that says so, later and later if it keeps
 * dying; it resumes nothing.
 */
export async function keepRunner(
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<{ current: () => ChildProcess }> {
  let child = await startRunner();
  let restMs = shortestRestMs;
  const watch = () => {
    const begin = performance.now();
    child.once('exit', async (code, killedBy) => {
      if (signal.aborted) return;
      restMs = performance.now() - begin > stableMs ? shortestRestMs : Math.min(longestRestMs, restMs * 2);
      say(`The runner (process ${child.pid}) ended with ${killedBy ?? code}; it is started again.`);
      await new Promise((done) => setTimeout(done, restMs));
      if (signal.aborted) return;
      await startRunner().then(
        (next) => {
          child = next;
          say(`The runner is process ${child.pid} now.`);
          watch();
        },
        (error: Error) => {
          if (!signal.aborted) say(`The runner does not start: ${error.message}`);
        },
      );
    });
  };
  watch();
  return { current: () => child };
}

async function startRunner(): Promise<ChildProcess> {
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
  await new Promise<void>((enrolled, failed) => {
    child.once('message', () => enrolled());
    child.once('exit', (status) => failed(new HarnessFault(`The runner ended with ${status} before it had enrolled.`)));
    child.once('error', failed);
  });
  return child;
}
