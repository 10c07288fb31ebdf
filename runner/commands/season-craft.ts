import { craftSuite } from '../craft/build.ts';
import { craftedInSeason } from '../craft/season/probes/index.ts';
import { seasonSuiteNamed, seasonWords } from '../craft/season/season-suite.ts';
import { dataPath } from '../host/places.ts';
import { interrupted } from '../terminal/interrupt.ts';
import { progressOf } from '../terminal/progress.ts';

/** Builds the suite of a season that this machine holds, for `season open`, which does so twice. */
export async function seasonCraft(name: string, { out }: { out: string }): Promise<number> {
  const suite = (await seasonSuiteNamed(seasonWords(name)))!;
  const progress = progressOf(`season ${name}`);
  await craftSuite(suite, out, dataPath('datasets'), progress.update, interrupted, craftedInSeason);
  progress.end();
  return 0;
}
