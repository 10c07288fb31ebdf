import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { coreRecipe } from '../../lib/catalog/recipes.ts';
import { cleanTrial, type TrialSpec } from '../../lib/contract/suite.ts';
import { settingOf } from '../craft/setting.ts';
import { trainingStreams } from '../craft/streams.ts';
import { trialData } from '../craft/trial-data.ts';
import type { CheckedDefense } from '../defenses/checked-defense.ts';
import { builtModule } from '../defenses/code.ts';
import { withLock } from '../host/file-lock.ts';
import { engineOfSet } from '../host/python/engine-of-set.ts';
import { defaultLimits } from '../jail/jail.ts';
import { weightsFrom } from '../jail/outcome.ts';
import { modelCard } from '../train/models/index.ts';
import { type Training, trainInJail } from './train-in-jail.ts';
import type { TrialContext } from './trial-context.ts';

/** An undefended run that takes longer than this is none. */
const limitSeconds = 3600;

/**
 * How old a measurement grows, in seconds and in its own length: one that is made anew then takes a thirtieth of the
 * time at most.
 */
const freshFor = (seconds: number) => Math.max(60, 30 * seconds);

/** By what was measured: how long it took, and when. */
const Times = z.record(z.string(), z.strictObject({ seconds: z.number().positive(), measured: z.iso.datetime() }));

/**
 * Seconds in the jail of a clean run without a defense, for this data set and model on this machine and engine: what a
 * trial's time is measured against. A module with PyTorch is measured against PyTorch, any other against the usual
 * engine. The mean of as many runs at once as there are trials at once, which share cores and memory alike. Kept in
 * undefended.json while it is fresh, for what else the machine does comes and goes; processes that ask at the same time
 * wait for one measurement.
 */
export async function undefendedSeconds(context: TrialContext, trial: TrialSpec): Promise<number> {
  const { suite, engine, jail, atOnce, dataDir, signal, defense } = context;
  const { backend, version, cpu } = trainsOnTorch(defense) ? engineOfSet('torch', engine.engine) : engine.engine;
  const what = [suite.recipe, trial.dataset, trial.model, backend, version, cpu, jail, `${atOnce} at once`];
  const key = what.join(' | ');
  const file = join(dataDir, 'undefended.json');
  const known = freshTime(file, key);
  if (known) return known;
  mkdirSync(dataDir, { recursive: true });
  return withLock(`${file}.lock`, signal, async () => {
    const meanwhile = freshTime(file, key);
    if (meanwhile) return meanwhile;
    const seconds = await measure(context, trial);
    const times = { ...read(file), [key]: { seconds, measured: new Date().toISOString() } };
    writeFileSync(`${file}.new`, `${JSON.stringify(times, null, 2)}\n`);
    renameSync(`${file}.new`, file);
    return seconds;
  });
}

function freshTime(file: string, key: string): number | null {
  const known = read(file)[key];
  return known && Date.now() - Date.parse(known.measured) < 1000 * freshFor(known.seconds) ? known.seconds : null;
}

/** What an older version kept there is measured anew. */
const read = (file: string) =>
  existsSync(file) ? (Times.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data ?? {}) : {};

const trainsOnTorch = ({ runtime, kind }: CheckedDefense) => runtime === 'python:torch' && kind !== 'filter';

const noneInPython = `import numpy as np

def shape(step, host):
    return step.sum(np.ones(step.size, np.float32)) / step.expected_size
`;

async function measure(context: TrialContext, { dataset, model: id }: TrialSpec): Promise<number> {
  const { suite, dirs, atOnce, defense } = context;
  const clean = cleanTrial({ dataset, model: id }, suite.seeds[0]!);
  const { train } = await trialData(suite, clean, dirs);
  const model = modelCard(id, train.shape, train.classes, coreRecipe(dataset));
  const training: Training = {
    streams: trainingStreams({ ...settingOf(suite, clean), model: id }),
    model,
    train,
    kind: 'shape',
    ...(trainsOnTorch(defense)
      ? { runtime: defense.runtime, defense: { code: noneInPython, language: 'python' } }
      : { runtime: 'javascript', defense: { code: builtModule('none') } }),
    epochs: false,
  };
  const runs = await Promise.allSettled(
    Array.from({ length: atOnce }, () => trainInJail(context, training, limitSeconds)),
  );
  const seconds = runs.map((run) => {
    if (run.status === 'rejected') throw run.reason;
    weightsFrom(run.value, { ...defaultLimits, seconds: limitSeconds }, model);
    return run.value.seconds;
  });
  return seconds.reduce((sum, one) => sum + one, 0) / seconds.length;
}
