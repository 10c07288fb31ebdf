import { spawn } from 'node:child_process';
import { z } from 'zod';

const Steps = z.tuple([z.number(), z.number()]);
/** What that script prints: steps per second, [best, median], of each of its ways. */
const Peer = z.object({ plain: Steps, 'opacus hooks': Steps, 'opacus ghost': Steps });
export type Peer = z.infer<typeof Peer>;

/**
 * PyTorch and Opacus on one thread by a script with the arguments LIBRARY MODEL BATCH THREADS SECONDS; null where
 * Python or a package is missing.
 */
export async function peerOf(
  python: string,
  script: string,
  model: string,
  batch: number,
  seconds: number,
): Promise<Peer | null> {
  const child = spawn(python, [script, 'torch', model, `${batch}`, '1', `${seconds}`], {
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: 600_000,
    killSignal: 'SIGKILL',
  });
  let printed = '';
  child.stdout.on('data', (chunk) => {
    printed += chunk;
  });
  const code = await new Promise((resolve) => child.on('error', () => resolve(null)).on('close', resolve));
  return code === 0 ? Peer.parse(JSON.parse(printed)) : null;
}
