import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { HarnessFault } from '../errors.ts';
import { distPath } from '../host/dist.ts';
import { findSet, packagesFolder } from '../host/python/set-folder.ts';
import { pythonGuest } from '../jail/guests/python.ts';
import { jobFolderOf, writeJobFolder } from '../jail/job-folder.ts';
import { weightsOfFile } from '../jail/weights.ts';
import type { Trainer } from './undefended.ts';

/** The program's own code, and nothing of a stranger's: it runs without a jail. */
const program = ['-S', '-s', '-B', '-u', '-m', 'antidote_host.undefended'];

/**
 * Trains with PyTorch as the guest in Python does for a `shape` that changes nothing, to the last bit. One process,
 * which is begun here and trains one after the other. Throws HarnessFault where the set torch is not made.
 */
export function torchTrainer(): Trainer & { close(): void } {
  const set = findSet('torch');
  if ('problem' in set) throw new HarnessFault(`${set.problem}.`);
  const folder = mkdtempSync(join(tmpdir(), 'antidote-torch-'));
  const child = spawn(set.executable, program, {
    stdio: ['pipe', 'pipe', 'inherit'],
    cwd: folder,
    env: {
      ...pythonGuest('torch').environment,
      HOME: folder,
      NODE_ENV: 'production',
      PYTHONPATH: [distPath('python'), packagesFolder('torch')].join(':'),
    },
  });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  child.stdin.on('error', () => {}); // it may be dead already
  const train: Trainer = async (model, streams, train) => {
    const [job, out] = [join(folder, 'job'), join(folder, 'weights.safetensors')];
    const defense = { code: '', language: 'python' } as const;
    writeJobFolder(job, jobFolderOf({ model, train, kind: 'shape', defense, epochs: false }));
    child.stdin.write(`${JSON.stringify({ job, out, streams })}\n`);
    const { value } = await answers.next();
    if (value !== 'done') throw new HarnessFault('The process that trains with PyTorch ended before it was done.');
    return weightsOfFile(readFileSync(out), model, 'weights.safetensors');
  };
  const close = () => {
    child.stdin.end();
    rmSync(folder, { recursive: true, force: true });
  };
  return Object.assign(train, { close });
}
