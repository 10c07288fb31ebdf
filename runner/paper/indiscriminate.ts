import type { LabeledSet } from '../../lib/contract/defense.ts';
import type { IndiscriminateRun } from '../../lib/studies/paper/results.ts';
import type { ShapingId } from '../../lib/studies/paper/shapings.ts';
import type { Lab } from './lab.ts';
import { recipes } from './recipes.ts';
import { append } from './rows.ts';
import { trainAndTest } from './train.ts';

/** What (a) and (b) have in common: poison appended to the binary task, `lr` from scratch. */

/** Where gradient artifacts are measured: what the source measured them on. */
export const artifactRate = 0.4;

export type Cell = { rate: number; shaping: ShapingId };

export const cellsAt = (rate: number, shapings: readonly ShapingId[]): Cell[] =>
  shapings.map((shaping) => ({ rate, shaping }));

export async function indiscriminateRun(
  lab: Lab,
  { rate, shaping, seed }: Cell & { seed: number },
  poisonOf: (clean: LabeledSet) => Pick<LabeledSet, 'x' | 'y'>,
  measuresArtifacts: boolean,
): Promise<IndiscriminateRun> {
  const dataset = 'fashion-mnist-3-4';
  const { train, test } = await lab.split(dataset);
  const poisonFrom = measuresArtifacts ? { poisonFrom: train.n } : {};
  const training = {
    dataset,
    model: 'lr',
    recipe: recipes.binary,
    shaping,
    seed,
    train: append(train, poisonOf(train)),
    ...poisonFrom,
  } as const;
  const { best, last, artifacts } = await trainAndTest(lab, training, test);
  return { rate, shaping, seed, best, last, artifacts };
}
