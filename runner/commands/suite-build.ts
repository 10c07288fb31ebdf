import { resolve } from 'node:path';
import { drafts } from '../../lib/catalog/suites/index.ts';
import { buildSuite, craftSuite } from '../craft/build.ts';
import { prepareDatasets } from '../craft/prepare-suite.ts';
import { requireReplaceable } from '../craft/suite-folder.ts';
import { dataPath } from '../host/places.ts';
import { interrupted, saysWhenInterrupted } from '../terminal/interrupt.ts';
import { progressOf } from '../terminal/progress.ts';
import { remark, tell } from '../terminal/tell.ts';
import { knownSuite, ownSuite } from './known-suite.ts';

/**
 * Crafts the attacks of a published suite, of a draft, or of a file of one's own; the folder appears when all of them
 * are there. A draft is still allowed to come out as another one than its digest says: the digest that is printed is
 * then to be committed.
 */
export async function suiteBuild(words: string, { out, attack }: { out: string; attack?: string }): Promise<number> {
  const own = await ownSuite(words, attack);
  const suite = own?.suite ?? knownSuite(words);
  await requireReplaceable(resolve(out), suite.id);
  saysWhenInterrupted('Stopped; nothing half-built is kept.');
  const progress = progressOf(`suite ${suite.id}`);
  await prepareDatasets(suite, progress.say);
  let { digest } = suite as { digest: string };
  if (own || drafts.includes(suite))
    digest = await craftSuite(
      suite,
      resolve(out),
      dataPath('datasets'),
      progress.update,
      interrupted,
      own?.attackCalled,
    );
  else await buildSuite(suite, resolve(out), dataPath('datasets'), progress.update, interrupted);
  progress.end();
  tell(`${digest}  ${out}`);
  if (digest !== suite.digest && !own)
    remark(`${suite.id} is a draft, and lib/catalog/suites/${suite.id}.ts has another digest: ${suite.digest}`);
  return 0;
}
