import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { modelNamed } from '../../lib/catalog/models/index.ts';
import { drafts } from '../../lib/catalog/suites/index.ts';
import type { Suite } from '../../lib/contract/suite.ts';
import { cellsOf } from '../../lib/scoring/references.ts';
import { calibrate } from '../craft/calibrate.ts';
import { findCandidates } from '../craft/candidates.ts';
import { prepareDatasets } from '../craft/prepare-suite.ts';
import { referenceFile } from '../craft/private-suite.ts';
import { UsageError } from '../errors.ts';
import { requireFile } from '../host/destination.ts';
import { projectDir } from '../host/dist.ts';
import { dataPath } from '../host/places.ts';
import { writeNamed } from '../host/write-named.ts';
import { interrupted, saysWhenInterrupted } from '../terminal/interrupt.ts';
import { progressOf } from '../terminal/progress.ts';
import { remark, tell } from '../terminal/tell.ts';
import { chosenBackend } from '../train/chosen-backend.ts';
import { openEngine } from '../train/tf.ts';
import { knownSuite, ownSuite, prepareOwn } from './known-suite.ts';

/**
 * Prints the test rows that targeted attacks of this scenario may aim at, as they are committed beside the suites: what
 * has to be there before a suite with targets on a new model can be built. Always on wasm.
 */
export async function suiteCandidates(id: string, scenarioId: string): Promise<number> {
  const suite = knownSuite(id);
  const scenario = suite.scenarios.find((known) => known.id === scenarioId);
  if (!scenario)
    throw new UsageError(
      `There is no scenario '${scenarioId}' in ${id}; known: ${suite.scenarios.map((known) => known.id).join(', ')}.`,
    );
  const { tf } = await openEngine('wasm');
  const candidates = await findCandidates(tf, suite, scenario, {
    datasets: dataPath('datasets'),
    suites: dataPath('suites'),
  });
  tell(JSON.stringify(candidates));
  return 0;
}

type Options = { jobs?: number; seeds?: number; gates?: boolean; attack?: string; torch?: boolean };

/**
 * Measures a suite's undefended numbers on this machine's engine and writes them beside the suite: of a published one
 * where they are committed and frozen, of a file of one's own beside that file.
 */
export async function suiteCalibrate(
  words: string,
  { jobs = Math.min(2, availableParallelism()), seeds, gates = false, attack, torch = false }: Options,
): Promise<number> {
  const own = await ownSuite(words, attack);
  if (!own && seeds !== undefined) throw new UsageError('--seeds: a published suite is calibrated at all its seeds.');
  if (gates && !drafts.some(({ id }) => id === words))
    throw new UsageError('--gates: only a draft is calibrated at the seeds of its gates alone.');
  const backend = torch ? 'torch' : await chosenBackend();
  const { id } = own?.suite ?? knownSuite(words);
  const path = own
    ? referenceFile(own.file, backend)
    : join(projectDir, 'lib/catalog/suites', `${id}.reference.${backend}.json`);
  requireFile('the numbers to', path);
  saysWhenInterrupted('Stopped; what was measured so far is kept, and the same command goes on from there.');
  const progress = progressOf(`calibrating ${id} on ${backend}`);
  const whole = own ? atSeeds(await prepareOwn(own, progress), seeds) : knownSuite(words);
  const suite = onProcessor(gates ? { ...whole, seeds: [] } : whole);
  if (!own) await prepareDatasets(suite, progress.say);
  const reference = await calibrate(suite, backend, {
    folder: dataPath('calibration', id),
    jobs,
    progress: progress.update,
    signal: interrupted,
    ...(own && { named: [own.file, ...(own.attackFile === null ? [] : ['--attack', own.attackFile])] }),
  });
  progress.end();
  await writeNamed(path, `${JSON.stringify(reference)}\n`);
  for (const { scenario, budget, clean, attacked, effect, bites } of cellsOf(suite, reference))
    tell(
      `${scenario.padEnd(28)} ${String(budget).padStart(6)}   ${clean.toFixed(4)} -> ${attacked.toFixed(4)}   effect ${effect.value.toFixed(4)} (${effect.low?.toFixed(4)} to ${effect.high?.toFixed(4)})   ${bites ? 'bites' : 'does not bite'}`,
    );
  tell(path);
  return 0;
}

/** Without the models that need a GPU, and says so: what is measured here is measured on the processor. */
function onProcessor(suite: Suite): Suite {
  const left = [...new Set(suite.scenarios.map(({ model }) => model))].filter((model) => modelNamed(model).needsGpu);
  if (left.length > 0) remark(`${left.join(', ')}: needs a GPU, and is left out here`);
  return { ...suite, scenarios: suite.scenarios.filter(({ model }) => !left.includes(model)) };
}

/** The first so many scored seeds and as many of the gate's, two of these at least: an effect has an interval. */
function atSeeds(suite: Suite, count = Math.max(suite.seeds.length, suite.gateSeeds.length)): Suite {
  return { ...suite, seeds: suite.seeds.slice(0, count), gateSeeds: suite.gateSeeds.slice(0, Math.max(2, count)) };
}
