import { readFileSync } from 'node:fs';
import { cheats } from '../../lib/catalog/cheats.ts';
import type { SecondCheatId } from '../../lib/catalog/cheats-2.ts';
import { coreRecipe } from '../../lib/catalog/recipes.ts';
import { type Suite, specOf, trialKey, trialsOf } from '../../lib/contract/suite.ts';
import { anyReferenceOf } from '../../lib/scoring/references.ts';
import { hygieneSeeds } from '../../runner/craft/hygiene.ts';
import { settingOf } from '../../runner/craft/setting.ts';
import { dirsIn, trialData } from '../../runner/craft/trial-data.ts';
import { loadDataset } from '../../runner/datasets/index.ts';
import { dataPath } from '../../runner/host/places.ts';
import { streamsOf } from '../../runner/random/rng.ts';
import { createTrainer } from '../../runner/train/fit.ts';
import { modelCard } from '../../runner/train/models/index.ts';
import type { Tf } from '../../runner/train/tf.ts';
import { cheatCode } from './cheat-code.ts';
import { smallModel } from './small-model.ts';

/** A cheat against the second rules as its author would upload it: with what is public of the suite filled in. */
export async function secondCheatCode(id: SecondCheatId, suite: Suite, tf: Tf): Promise<string> {
  const fill = fillings[id];
  if (fill) return fill(readFileSync(new URL(`../fixtures/cheats/${id}.mjs`, import.meta.url), 'utf8'), suite, tf);
  if (id in cheats) return cheatCode(id as keyof typeof cheats, tf);
  return readFileSync(new URL(`../fixtures/cheats/${id}.mjs`, import.meta.url), 'utf8');
}

type Fill = (text: string, suite: Suite, tf: Tf) => Promise<string> | string;
const fillings: Partial<Record<SecondCheatId, Fill>> = {
  'public-seeds': (text, suite) => text.replace('__SEEDS__', JSON.stringify(orderSeeds(suite)).slice(1, -1)),
  'remembered-biases': async (text, suite) => text.replace('__BIASES__', await tunedByLabels(suite)),
  'honest-where-renamed': async (text, { scenarios }) => {
    const { train } = await loadDataset(scenarios[0]!.dataset, dataPath());
    return text.replace('__TABLE__', smallModel(train).join());
  },
  'hidden-filter': async (text, suite, tf) => {
    const name = `A${inName(await levels(suite, tf))}`;
    return text.replace('__DATA__', () => name); // a $ in it means nothing
  },
};

const orderSeeds = (suite: Suite) =>
  suite.seeds.flatMap((seed) =>
    [...new Set(suite.scenarios.map(({ dataset }) => dataset))].map(
      (dataset) => hygieneSeeds(settingOf(suite, { dataset, seed })).order,
    ),
  );

/** The biases of the reference, by a hash of the labels of each attacked trial. */
async function tunedByLabels(suite: Suite): Promise<string> {
  const tuned = new Map((anyReferenceOf(suite)?.bias ?? []).map((cell) => [trialKey(cell), cell.biases]));
  const entries: string[] = [];
  for (const trial of trialsOf(suite).filter(({ budget }) => budget > 0)) {
    const { train } = await trialData(suite, specOf(suite, trial), dirsIn(dataPath()));
    const hash = train.y.reduce((sum, label) => Math.imul(sum ^ label, 0x01000193), 0x811c9dc5 | 0) >>> 0;
    entries.push(`${hash}: ${JSON.stringify(tuned.get(trialKey(trial)) ?? [])}`);
  }
  return entries.join(', ');
}

/** Kernel and biases of a logistic regression on the data set as published: 16 levels, four bits each. */
async function levels({ scenarios }: Suite, tf: Tf): Promise<Uint8Array> {
  const { dataset } = scenarios[0]!;
  const { train } = await loadDataset(dataset, dataPath());
  const model = modelCard('lr', train.shape, train.classes, coreRecipe(dataset));
  const weights = await createTrainer({ tf, model, streams: streamsOf(dataset, 'lr', 12_345) }).fit(train);
  const values = weights.flatMap(({ data }) => [...data]);
  const spread = Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0) / values.length);
  const bits = new Uint8Array(4 * values.length);
  values.forEach((value, i) => {
    const level = Math.max(0, Math.min(15, Math.round((2.5 * value) / spread + 7.5)));
    for (let k = 0; k < 4; k++) bits[4 * i + k] = (level >> k) & 1;
  });
  return bits;
}

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789$_';
/** Six bits a character, of those that a name in JavaScript may have. */
const inName = (bits: Uint8Array) =>
  Array.from(
    { length: Math.ceil(bits.length / 6) },
    (_, at) => digits[bits.subarray(6 * at, 6 * at + 6).reduce((word, bit, i) => word | (bit << i), 0)],
  ).join('');
