import { references } from '../../../lib/catalog/suites/references.ts';
import { type Gates, LeakTest } from '../../../lib/contract/gates.ts';
import { type Suite, specOf, trialKey, trialsOf } from '../../../lib/contract/suite.ts';
import { cellsOf } from '../../../lib/scoring/references.ts';
import type { Split } from '../../datasets/dataset.ts';
import { readDataset } from '../../datasets/index.ts';
import { craftedBy } from '../attacks/index.ts';
import { givenOf } from '../base.ts';
import type { Progress } from '../build.ts';
import { readCell } from '../cell.ts';
import { settingOf } from '../setting.ts';
import { assemble, type DataDirs } from '../trial-data.ts';
import { type Inspected, inspectCell } from './inspect-cell.ts';
import { type FeatureCell, permutations, testFeature } from './leak-lint.ts';

/**
 * The gates of a suite that is built in `dirs`: calibration is read from the committed references, the rest is looked
 * at.
 */
export async function gatesOf(
  suite: Suite,
  dirs: DataDirs,
  builds: Gates['determinism']['builds'],
  { progress, signal }: { progress: Progress; signal?: AbortSignal },
): Promise<Gates> {
  const trials = trialsOf(suite).filter((trial) => specOf(suite, trial).attack);
  const sets = new Map<string, Split>();
  const inspected: Inspected[] = [];
  const broken: string[] = [];
  for (const [done, trial] of trials.entries()) {
    progress(done / trials.length, `looking at ${trial.scenario} at ${trial.budget}, seed ${trial.seed}`);
    await new Promise(setImmediate); // lets a signal through
    signal?.throwIfAborted();
    const spec = specOf(suite, trial);
    const { dataset, attack } = spec;
    const split = sets.get(dataset) ?? (await readDataset(dataset, dirs.datasets));
    sets.set(dataset, split);
    const poison = await readCell(suite, trial, dirs.suites);
    const setting = settingOf(suite, spec);
    const { train } = givenOf(split, setting);
    const allowed = craftedBy(attack!.attack).allowance(train.n, trial.budget, attack!.params);
    if (poison.index.length > allowed)
      broken.push(`${trialKey(trial)}: ${poison.index.length} rows, the budget allows ${allowed}`);
    inspected.push(inspectCell(trial, dataset, train, assemble(split, setting, poison)));
  }
  broken.push(...inspected.flatMap(({ breaks }) => breaks));
  progress(1, 'permuting');
  const same = builds.length === 2 && builds.every(({ digest }) => digest === suite.digest);
  return {
    format: 'antidote-gates-1',
    suite: { id: suite.id, digest: suite.digest },
    calibration: calibrationOf(suite),
    leaks: leaksOf(inspected),
    determinism: { builds, ok: same && new Set(builds.map(({ nativeEngine }) => nativeEngine)).size === 2 },
    budgets: { cells: trials.length, broken, ok: broken.length === 0 },
  };
}

/** The leak lint over what was seen of each cell. */
export function leaksOf(inspected: readonly Inspected[]): Gates['leaks'] {
  const looked = inspected.filter(({ cells }) => cells.place);
  const tests = LeakTest.shape.feature.options.map((feature) =>
    testFeature(
      feature,
      looked.map(({ cells }) => cells[feature] as FeatureCell),
    ),
  );
  const broken = looked.flatMap(({ leaks }) => leaks);
  return { cells: looked.length, permutations, tests, broken, ok: broken.length === 0 && tests.every(({ ok }) => ok) };
}

export function calibrationOf(suite: Suite): Gates['calibration'] {
  const families = new Set(suite.scenarios.filter(({ control }) => !control).map(({ family }) => family));
  return references
    .filter((reference) => reference.suite.id === suite.id && reference.suite.digest === suite.digest)
    .map((reference) => {
      const cells = cellsOf(suite, reference).map(({ scenario, budget, effect, bites, counts }) => ({
        scenario,
        budget,
        effect,
        bites,
        counts,
      }));
      const counted = suite.scenarios.filter(({ id }) =>
        cells.some(({ scenario, counts }) => scenario === id && counts),
      );
      return {
        backend: reference.engine.backend,
        cells,
        ok: [...families].every((family) => counted.some((scenario) => scenario.family === family)),
      };
    });
}
