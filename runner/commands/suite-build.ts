import { resolve } from 'node:path';
import { buildSuite, craftSuite } from '../craft/build.ts';
import { prepareDatasets } from '../craft/prepare-suite.ts';
import { dataPath } from '../host/places.ts';
import { interrupted, saysWhenInterrupted } from '../terminal/interrupt.ts';
import { progressOf } from '../terminal/progress.ts';
import { knownSuite, ownSuite } from './known-suite.ts';

/** Crafts the attacks of a published suite, or of a file of one's own; the folder appears when all of them are there. */
export async function suiteBuild(words: string, { out, attack }: { out: string; attack?: string }): Promise<number> {
  const own = await ownSuite(words, attack);
  const suite = own?.suite ?? knownSuite(words);
  saysWhenInterrupted('Stopped; nothing half-built is kept.');
  const progress = progressOf(`suite ${suite.id}`);
  await prepareDatasets(suite, progress.say);
  let { digest } = suite as { digest: string };
  if (own)
    digest = await craftSuite(
      suite,
      resolve(out),
      dataPath('datasets'),
      progress.update,
      interrupted,
      own.attackCalled,
    );
  else await buildSuite(suite, resolve(out), dataPath('datasets'), progress.update, interrupted);
  progress.end();
  process.stdout.write(`${digest}  ${out}\n`);
  return 0;
}
