import { resolve } from 'node:path';
import { DatasetId } from '../../lib/catalog/datasets/index.ts';
import { buildSuite } from '../craft/build.ts';
import { ensureDataset } from '../datasets/index.ts';
import { env } from '../host/env.ts';
import { dataPath } from '../host/places.ts';
import { interrupted, saysWhenInterrupted } from '../terminal/interrupt.ts';
import { progressOf } from '../terminal/progress.ts';
import { knownSuite } from './known-suite.ts';

/** Crafts a published suite's attacks; the folder appears when all of them are there. */
export async function suiteBuild(id: string, { out }: { out: string }): Promise<number> {
  const suite = knownSuite(id);
  saysWhenInterrupted('Stopped; nothing half-built is kept.');
  const progress = progressOf(`suite ${id}`);
  const names = DatasetId.options.filter((name) => suite.scenarios.some(({ dataset }) => dataset === name));
  for (const name of names) await ensureDataset(name, env().ANTIDOTE_DATA, progress.say);
  await buildSuite(suite, resolve(out), dataPath('datasets'), progress.update, interrupted);
  progress.end();
  process.stdout.write(`${suite.digest}  ${out}\n`);
  return 0;
}
