import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { z } from 'zod';

const Steps = z.tuple([z.number(), z.number()]);
/** What `peers.py` prints: steps per second, [best, median], of each of its ways. */
const Peer = z.object({ plain: Steps, 'opacus hooks': Steps, 'opacus ghost': Steps });
export type Peer = z.infer<typeof Peer>;

const script = resolve('tests/bench/engine/peers.py');

/** PyTorch and Opacus on one thread; null where that Python or a package is missing. */
export async function peerOf(python: string, model: string, batch: number, seconds: number): Promise<Peer | null> {
  const child = spawn(python, [script, model, `${batch}`, `${seconds}`], {
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: 600_000,
    killSignal: 'SIGKILL',
  });
  let printed = '';
  child.stdout.on('data', (chunk) => {
    printed += chunk;
  });
  const code = await new Promise((done) => child.on('error', () => done(null)).on('close', done));
  return code === 0 ? Peer.parse(JSON.parse(printed)) : null;
}
