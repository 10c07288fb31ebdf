import { references as committed } from '../../../lib/catalog/suites/references.ts';
import type { Poison } from '../../../lib/contract/attack.ts';
import { type Gates, LeakTest } from '../../../lib/contract/gates.ts';
import type { Reference } from '../../../lib/contract/report.ts';
import { type Suite, specOf, type TrialSpec, trialKey, trialsOf } from '../../../lib/contract/suite.ts';
import { cellsOf } from '../../../lib/scoring/references.ts';
import type { Split } from '../../datasets/dataset.ts';
import { readDataset } from '../../datasets/index.ts';
import { countsOf } from '../attacks/room.ts';
import { givenOf } from '../base.ts';
import type { Progress } from '../build.ts';
import { readCell } from '../cell.ts';
import { craftedInSeason, probes } from '../season/probes/index.ts';
import { settingOf } from '../setting.ts';
import { assemble, type DataDirs, type TrialData } from '../trial-data.ts';
import { type Inspected, inspectCell } from './inspect-cell.ts';
import { type FeatureCell, permutations, testFeature } from './leak-lint.ts';
import { twinsByLabel } from './near-twins.ts';
import { lintTrials, type SeenTrial } from './trial-lint.ts';

/**
 * The gates of a suite that is built in `dirs`: calibration is read from the committed references, or from those that
 * are given, the rest is looked at.
 */
export async function gatesOf(
  suite: Suite,
  dirs: DataDirs,
  builds: Gates['determinism']['builds'],
  {
    progress,
    signal,
    references = committed,
  }: { progress: Progress; signal?: AbortSignal; references?: readonly Reference[] },
): Promise<Gates> {
  const trials = trialsOf(suite).filter((trial) => suite.draw || specOf(suite, trial).attack);
  const sets = new Map<string, Split>();
  const inspected: Inspected[] = [];
  const seen: SeenTrial[] = [];
  const broken: string[] = [];
  for (const [done, trial] of trials.entries()) {
    progress(done / trials.length, `looking at ${trial.scenario} at ${trial.budget}, seed ${trial.seed}`);
    await new Promise(setImmediate); // lets a signal through
    signal?.throwIfAborted();
    const spec = specOf(suite, trial);
    const { dataset, attack } = spec;
    const split = sets.get(dataset) ?? (await readDataset(dataset, dirs.datasets));
    sets.set(dataset, split);
    const setting = settingOf(suite, spec);
    const { train } = givenOf(split, setting);
    if (!attack) {
      seen.push(seenTrial(spec, assemble(split, setting, null), null));
      continue;
    }
    const poison = await readCell(suite, trial, dirs.suites);
    const data = assemble(split, setting, poison);
    const allowed = craftedInSeason(attack.attack).allowance(train.n, trial.budget, attack.params);
    if (poison.index.length > allowed)
      broken.push(`${trialKey(trial)}: ${poison.index.length} rows, the budget allows ${allowed}`);
    inspected.push(inspectCell(trial, dataset, train, data));
    if (suite.draw && !Object.hasOwn(probes, attack.attack)) seen.push(seenTrial(spec, data, poison)); // they may be known
  }
  broken.push(...inspected.flatMap(({ breaks }) => breaks));
  progress(1, 'permuting');
  const same = builds.length === 2 && builds.every(({ digest }) => digest === suite.digest);
  return {
    format: 'antidote-gates-1',
    suite: { id: suite.id, digest: suite.digest },
    calibration: calibrationOf(suite, references),
    leaks: leaksOf(inspected, suite.draw && seen),
    determinism: { builds, ok: same && new Set(builds.map(({ nativeEngine }) => nativeEngine)).size === 2 },
    budgets: { cells: inspected.length, broken, ok: broken.length === 0 },
  };
}

/** The leak lint over what was seen of each cell, and of a drawn suite of each trial. */
export function leaksOf(inspected: readonly Inspected[], seen?: readonly SeenTrial[]): Gates['leaks'] {
  const looked = inspected.filter(({ cells }) => cells.place);
  const tests = LeakTest.shape.feature.options.map((feature) =>
    testFeature(
      feature,
      looked.map(({ cells }) => cells[feature] as FeatureCell),
    ),
  );
  const broken = looked.flatMap(({ leaks }) => leaks);
  const trials = seen && lintTrials(seen);
  const ok = broken.length === 0 && [...tests, ...(trials ?? [])].every((test) => test.ok);
  return { cells: looked.length, permutations, tests, ...(trials && { trials }), broken, ok };
}

/**
 * Of the usual engines: these decide which cells count. Of PyTorch where no other trains the suite's models. A cell
 * that nobody has measured is left out.
 */
export function calibrationOf(suite: Suite, references: readonly Reference[] = committed): Gates['calibration'] {
  const families = new Set(suite.scenarios.filter(({ control }) => !control).map(({ family }) => family));
  const own = references.filter(({ suite: { id, digest } }) => id === suite.id && digest === suite.digest);
  const usual = own.filter(({ engine }) => engine.backend !== 'torch');
  return (usual.length > 0 ? usual : own).map((reference) => {
    const measured = cellsOf(suite, reference).filter(({ effect }) => effect.n > 0);
    const cells = measured.map(({ scenario, budget, effect, bites, counts }) => ({
      scenario,
      budget,
      effect,
      bites,
      counts,
    }));
    const counted = suite.scenarios.filter(({ id }) => cells.some(({ scenario, counts }) => scenario === id && counts));
    return {
      backend: reference.engine.backend,
      cells,
      ok: [...families].every((family) => counted.some((scenario) => scenario.family === family)),
    };
  });
}

/** What the lint of trials looks at. All who are wanted to be called one class make it the target. */
export function seenTrial(
  { dataset, model, attack, budget, seed }: TrialSpec,
  { train }: Pick<TrialData, 'train'>,
  poison: Poison | null,
): SeenTrial {
  const wanted = new Set(poison?.aim.wanted);
  const target = poison?.aim.trigger && wanted.size === 1 ? [...wanted][0]! : null;
  return {
    dataset,
    model,
    attack: attack && { name: attack.id.replace(`-${model}`, ''), target },
    budget,
    seed,
    counts: countsOf(train.y, train.classes),
    twins: twinsByLabel(train),
  };
}
