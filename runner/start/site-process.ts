import { type ChildProcess, spawn } from 'node:child_process';
import { z } from 'zod';
import { localOrigin } from '../client/local-site.ts';
import { HarnessFault } from '../errors.ts';
import { distPath, projectDir } from '../host/dist.ts';
import { childEnvironment, env } from '../host/env.ts';
import { dataPath } from '../host/places.ts';
import { tellAddress } from './hold-data.ts';
import { secretIn } from './secrets.ts';

const Health = z.object({ ok: z.literal(true) });
const startLimitMs = 120_000;

/**
 * Starts the site as a process of its own, in a group of its own so that Ctrl-C reaches it last, and returns when it
 * answers.
 */
export async function startSite(say: (what: string) => void, signal: AbortSignal): Promise<ChildProcess> {
  const { HOST, PORT, NEXTAUTH_SECRET, NEXTAUTH_URL } = env();
  const secret = NEXTAUTH_SECRET ?? (await secretIn(dataPath('nextauth.secret')));
  const address = NEXTAUTH_URL ?? localOrigin();
  const variables = {
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    ANTIDOTE_DATA: dataPath(),
    HOST,
    PORT: String(PORT),
    NEXTAUTH_SECRET: secret,
    NEXTAUTH_URL: address,
  };
  const child = spawn(
    process.execPath,
    ['--import', distPath('end-with-parent.mjs'), distPath('site.mjs'), address, HOST, String(PORT)],
    {
      cwd: projectDir,
      env: childEnvironment(variables, { secrets: true }),
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: true,
    },
  );
  let words = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    words = (words + text).slice(-2000);
    process.stderr.write(text);
  });
  say('waiting for its first answer');
  for (const begin = performance.now(); performance.now() - begin < startLimitMs; ) {
    signal.throwIfAborted();
    if (child.exitCode !== null || child.signalCode !== null)
      throw new HarnessFault(`The site ended as it started: ${words.trim().split('\n').at(-1) || child.signalCode}`);
    if (await siteAnswers(localOrigin())) {
      await tellAddress(localOrigin());
      return child;
    }
    await new Promise((done) => setTimeout(done, 100));
  }
  child.kill('SIGKILL');
  throw new HarnessFault(`The site on ${localOrigin()} gave no healthy answer within two minutes.`);
}

/** Whether a site on this machine answers there and is well. */
export async function siteAnswers(origin: string): Promise<boolean> {
  const response = await fetch(`${origin}/api/v1/health`, { signal: AbortSignal.timeout(10_000) }).catch(() => null);
  return response?.ok === true && Health.safeParse(await response.json().catch(() => null)).success;
}
