import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { format } from 'node:util';
import { writeSafetensors } from '../../lib/contract/formats/safetensors.ts';
import { UsualBackend } from '../../lib/contract/ids.ts';
import { Streams } from '../../lib/contract/task.ts';
import { DefenseFailed, detailLimit } from '../errors.ts';
import { rngOf } from '../random/rng.ts';
import { createTrainer } from '../train/fit.ts';
import { openEngine } from '../train/tf.ts';
import { checkpointsIn } from './guest/checkpoints.ts';
import { failureOf } from './guest/failure.ts';
import { loadModule } from './guest/load-module.ts';
import { seal } from './guest/seal.ts';
import { type Trained, train } from './guest/train.ts';
import { readJobFolder } from './job-folder.ts';
import { writeNpy } from './npy.ts';
import { epochsFolder, failureFile, rowWeightsFile } from './out.ts';

/**
 * The guest: `guest.mjs <job> <out> <backend> <engine folder>`. It opens the engine, and looks at the job when it is
 * told to. Until it prints `ready`, what fails is the harness's fault; from there on the module's. A module that breaks
 * the very functions with which the guest writes down its failure spoils its own account only.
 */
async function main([job, out, backend, engine]: string[]): Promise<void> {
  const fail = (thrown: unknown): never => {
    for (const name of ['members', 'weights.safetensors', rowWeightsFile, epochsFolder])
      rmSync(join(out!, name), { recursive: true, force: true }); // /out may be full
    const { reason, detail } = failureOf(thrown);
    writeFileSync(join(out!, failureFile), JSON.stringify({ reason, detail: detail.slice(0, 10 * detailLimit) })); // the reader cuts it; a longer file it refuses
    return process.exit(1);
  };
  const { tf } = await openEngine(UsualBackend.parse(backend), { wasm: engine, native: engine });
  const told = await text(process.stdin);
  if (told === '') process.exit(0); // nobody wants it any more
  const streams = Streams.parse(JSON.parse(told).streams);
  const folder = readJobFolder(job!);
  const { task, defense } = folder;
  const log = (...values: unknown[]) => void process.stdout.write(`${format(...values)}\n`);
  const onEpoch = task.epochs ? checkpointsIn(out!) : undefined;
  const openHost = () => createTrainer({ tf, model: task.model, streams, log, onEpoch });
  process.stdout.write('ready\n');
  process.on('uncaughtException', fail);
  process.on('unhandledRejection', fail);
  process.on('beforeExit', () =>
    fail(new DefenseFailed('timed-out', 'The module waits for something that can never happen.')),
  );
  try {
    if ('rowWeights' in defense) {
      const { rowWeights } = defense;
      write(out!, { members: [await openHost().fit(folder.train, { weights: rowWeights })], rowWeights });
    } else {
      seal(rngOf(streams.random).fork('Math.random'));
      write(out!, await train(folder, await loadModule(defense.code), openHost));
    }
  } catch (error) {
    fail(error);
  }
  process.exit(0);
}

function write(out: string, { members, rowWeights }: Trained): void {
  if (rowWeights) writeFileSync(join(out, rowWeightsFile), writeNpy({ shape: [rowWeights.length], data: rowWeights }));
  if (members.length > 1) mkdirSync(join(out, 'members'));
  for (const [i, member] of members.entries()) {
    const name = members.length > 1 ? `members/${String(i).padStart(3, '0')}.safetensors` : 'weights.safetensors';
    writeFileSync(join(out, name), writeSafetensors(member));
  }
}

await main(process.argv.slice(2));
