import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { probeAttacks } from '../../lib/catalog/probes.ts';
import { coreRecipe } from '../../lib/catalog/recipes.ts';
import { sha256 } from '../../lib/contract/canonical.ts';
import type { Weights } from '../../lib/contract/defense.ts';
import { UsualBackend } from '../../lib/contract/ids.ts';
import { TrialResult } from '../../lib/contract/result.ts';
import { cleanTrial, type Suite, type Trial, trialKey, trialsOf } from '../../lib/contract/suite.ts';
import { probeFindings } from '../../lib/scoring/probes.ts';
import { scoresOf } from '../../lib/scoring/score.ts';
import { craftSuite } from '../../runner/craft/build.ts';
import { referenceOf } from '../../runner/craft/calibrate.ts';
import { calibrateUnit, type UnitNumbers, unitsOf } from '../../runner/craft/calibration.ts';
import { readManifest } from '../../runner/craft/manifest.ts';
import { craftedInSeason } from '../../runner/craft/season/probes/index.ts';
import { seasonSuite } from '../../runner/craft/season/season-suite.ts';
import { trialData } from '../../runner/craft/trial-data.ts';
import { usual } from '../../runner/craft/undefended.ts';
import { writeWhole } from '../../runner/datasets/pinned-file.ts';
import type { CheckedDefense } from '../../runner/defenses/checked-defense.ts';
import { harness } from '../../runner/host/harness.ts';
import { dataPath } from '../../runner/host/places.ts';
import { chosenJail } from '../../runner/jail/index.ts';
import { streamsOf } from '../../runner/random/rng.ts';
import { createTrainer } from '../../runner/train/fit.ts';
import { modelCard } from '../../runner/train/models/index.ts';
import type { OpenEngine } from '../../runner/train/tf.ts';
import { runTrials } from '../../runner/trial/trials.ts';

/**
 * A season of plan smoke that nobody ranks in, drawn from a seed that is no secret, at seeds of the caller's choice.
 */
export const testSeason = (dataset: string, seeds: readonly number[], gateSeeds: readonly number[]): Suite => ({
  ...seasonSuite(
    '2099-10',
    { plan: 'smoke', dataset, seed: createHash('sha256').update('a season for cheats').digest('hex') },
    '2026-11-29',
  ),
  seeds: [...seeds],
  gateSeeds: [...gateSeeds],
});

/** The trials that the honesty probes look at: their own, and the clean runs of their model. */
export const isOfProbes = ({ scenario }: Trial) =>
  scenario.endsWith('-lr') &&
  (scenario.startsWith('clean-') || probeAttacks.some((probe) => scenario.startsWith(probe)));

/**
 * The season crafted and calibrated, and a function that evaluates a defense in it, in the jail, one trial after the
 * other. Each undefended unit and each trial is kept in ANTIDOTE_DATA, under what it was computed from, so that a run
 * that was ended goes on where it was.
 */
export async function inTestSeason(planned: Suite, { tf, engine }: OpenEngine) {
  const { dataset } = planned.scenarios[0]!;
  const home = dataPath('test-seasons', `${dataset}-${planned.seeds.length}`);
  const suites = join(home, 'suites');
  const datasets = dataPath('datasets');
  mkdirSync(suites, { recursive: true });
  const there = await readManifest(join(suites, planned.id)).catch(() => null);
  const digest = (there?.digest ??
    (await craftSuite(
      planned,
      join(suites, planned.id),
      datasets,
      () => {},
      undefined,
      craftedInSeason,
    ))) as Suite['digest'];
  const suite: Suite = { ...planned, digest };
  const folder = join(home, `${digest.slice(7, 15)}-${harness().digest.slice(7, 15)}-${engine.backend}`);
  mkdirSync(folder, { recursive: true });

  const units: UnitNumbers[] = [];
  for (const unit of unitsOf(suite))
    units.push(
      await kept(join(folder, `calibrated-${unit.model}-${unit.seed}.json`), () =>
        calibrateUnit(usual(tf), suite, unit, datasets, craftedInSeason),
      ),
    );
  const reference = referenceOf(suite, { engine, harness: harness() }, units);

  return {
    suite,
    reference,
    /** Of a logistic regression that was trained on the clean rows of the first seed. */
    async weights(): Promise<Weights> {
      const seed = suite.seeds[0]!;
      const { train } = await trialData(suite, cleanTrial({ dataset, model: 'lr' }, seed), { datasets, suites });
      const model = modelCard('lr', train.shape, train.classes, coreRecipe(dataset));
      return createTrainer({ tf, model, streams: streamsOf(dataset, 'lr', 12_345) }).fit(train);
    },
    async evaluated(defense: CheckedDefense, trials: readonly Trial[] = trialsOf(suite)) {
      const own = join(folder, (await sha256(defense.code)).slice(7, 23));
      mkdirSync(own, { recursive: true });
      const path = (trial: Trial) => join(own, `${trialKey(trial).replace(/\W+/g, '-')}.json`);
      const left = trials.filter((trial) => !existsSync(path(trial)));
      const { kind, problem } = await chosenJail();
      if (kind === null) throw new Error(problem);
      const waits: Promise<void>[] = [];
      await runTrials(
        {
          suite,
          suites,
          defense,
          backend: UsualBackend.parse(engine.backend),
          jail: kind,
          atOnce: 1,
          artifacts: false,
        },
        left,
        {
          jobs: 1,
          signal: new AbortController().signal,
          ended: ({ result }) => waits.push(writeWhole(path(result), Buffer.from(JSON.stringify(result)))),
        },
      );
      await Promise.all(waits);
      const results = trials.map((trial) => TrialResult.parse(JSON.parse(readFileSync(path(trial), 'utf8'))));
      const { control, embedsData } = defense;
      const about = { control: control !== null, deterministic: true, embedsData };
      return {
        scores: scoresOf(suite, reference, results, about),
        probes: probeFindings(results, reference),
      };
    },
  };
}

async function kept<T>(path: string, make: () => Promise<T>): Promise<T> {
  if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8')) as T;
  const made = await make();
  await writeWhole(path, Buffer.from(JSON.stringify(made)));
  return made;
}
