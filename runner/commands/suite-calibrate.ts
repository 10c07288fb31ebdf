import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { cellsOf } from '../../lib/benchmark/references.ts';
import { chosenBackend } from '../chosen-backend.ts';
import { projectDir } from '../dist.ts';
import { UsageError } from '../errors.ts';
import { dataPath } from '../places.ts';
import { calibrate } from '../suite/calibrate.ts';
import { findCandidates } from '../suite/candidates.ts';
import { knownSuite } from '../suite/known-suite.ts';
import { prepareDatasets } from '../suite/prepare-suite.ts';
import { interrupted, saysWhenInterrupted } from '../terminal/interrupt.ts';
import { progressOf } from '../terminal/progress.ts';
import { openEngine } from '../tf.ts';

/**
 * Prints the test rows that targeted attacks of this scenario may aim at, as they are committed beside the suites: what has to be there before a
 * suite with targets on a new model can be built. Always on wasm.
 */
export async function suiteCandidates(id: string, scenarioId: string): Promise<number> {
  const suite = knownSuite(id);
  const scenario = suite.scenarios.find((known) => known.id === scenarioId);
  if (!scenario) throw new UsageError(`There is no scenario '${scenarioId}' in ${id}; known: ${suite.scenarios.map((known) => known.id).join(', ')}.`);
  const { tf } = await openEngine('wasm');
  const candidates = await findCandidates(tf, suite, scenario, { datasets: dataPath('datasets'), suites: dataPath('suites') });
  process.stdout.write(`${JSON.stringify(candidates)}\n`);
  return 0;
}

/** Measures a suite's undefended numbers on this machine's engine and writes them beside the suite, where they are committed and frozen. */
export async function suiteCalibrate(id: string, { jobs = Math.min(2, availableParallelism()) }: { jobs?: number }): Promise<number> {
  const suite = knownSuite(id);
  const backend = await chosenBackend();
  saysWhenInterrupted('Stopped; what was measured so far is kept, and the same command goes on from there.');
  const progress = progressOf(`calibrating ${id} on ${backend}`);
  await prepareDatasets(suite, progress.say);
  const reference = await calibrate(suite, backend, { kept: dataPath('calibration', id), jobs, progress: progress.update, signal: interrupted });
  progress.end();
  const path = join(projectDir, 'lib/benchmark/suites', `${id}.reference.${backend}.json`);
  await writeFile(path, `${JSON.stringify(reference)}\n`);
  for (const { scenario, budget, clean, attacked, effect, bites } of cellsOf(suite, reference))
    process.stdout.write(
      `${scenario.padEnd(28)} ${String(budget).padStart(6)}   ${clean.toFixed(4)} -> ${attacked.toFixed(4)}   effect ${effect.value.toFixed(4)} (${effect.low?.toFixed(4)} to ${effect.high?.toFixed(4)})   ${bites ? 'bites' : 'does not bite'}\n`,
    );
  process.stdout.write(`${path}\n`);
  return 0;
}
