import { join } from 'node:path';
import type { z } from 'zod';
import { Gates } from '../../../lib/contract/gates.ts';
import type { Sha256, UsualBackend } from '../../../lib/contract/ids.ts';
import { Reference } from '../../../lib/contract/report.ts';
import { type Committed, Disclosure, sumOf } from '../../../lib/contract/season.ts';
import type { Suite } from '../../../lib/contract/suite.ts';
import { datasetSums } from '../../datasets/index.ts';
import { writeWhole } from '../../datasets/pinned-file.ts';
import { HarnessFault } from '../../errors.ts';
import { distPath, projectDir } from '../../host/dist.ts';
import { withLock } from '../../host/file-lock.ts';
import { harness } from '../../host/harness.ts';
import { dataPath } from '../../host/places.ts';
import { runProgram } from '../../host/program.ts';
import { readIfThere } from '../../host/read-if-there.ts';
import { withScratch } from '../../host/scratch.ts';
import { tellParent } from '../../host/to-parent.ts';
import { craftSuite, isBuilt, type Progress } from '../build.ts';
import { calibrate } from '../calibrate.ts';
import { gatesOf } from '../gates/gates.ts';
import { readManifest } from '../manifest.ts';
import { craftedInSeason } from './probes/index.ts';
import { keptCard, seasonSuite, seasonSuites, seasonWords } from './season-suite.ts';
import { type SeasonSecret, seasonPath } from './secret.ts';

type Options = { backends: readonly UsualBackend[]; jobs: number; progress: Progress; signal: AbortSignal };

/**
 * Everything that a season is committed to: its suite built and calibrated, its gates looked at. What is done is kept
 * in the season's folder, so that a later call goes on from there, whatever ended the one before. When all is done it
 * is kept as a whole, and never made again. Throws HarnessFault where a gate keeps it from being opened, and the
 * signal's reason.
 */
export async function makeSeason(secret: SeasonSecret, options: Options): Promise<Disclosure> {
  const lock = seasonPath(secret.name, 'making.lock');
  tellParent({ locks: lock });
  return withLock(lock, options.signal, async () => (await findMade(secret.name)) ?? make(secret, options));
}

/** It appears when all of a season is made. */
export const wholeOf = (season: string) => seasonPath(season, 'disclosure.json');

/** What was made of the season; null where it is not whole yet. */
export async function findMade(season: string): Promise<Disclosure | null> {
  const text = await readIfThere(wholeOf(season));
  return text === null ? null : Disclosure.parse(JSON.parse(text));
}

async function make(secret: SeasonSecret, options: Options): Promise<Disclosure> {
  const { name, draw, salt, published } = secret;
  const suite = await built(secret, options);
  const references: Reference[] = [];
  for (const backend of options.backends) references.push(await calibrated(name, suite, backend, options));
  const gates = await looked(name, suite, references, options);
  const problem = whyNot(gates);
  if (problem) throw new HarnessFault(`Season ${name} can't be opened: ${problem}`);
  const sums: Committed['references'] = {};
  for (const reference of references) sums[reference.engine.backend] = await sumOf(reference);
  const committed: Committed = {
    salt,
    draw,
    data: await datasetSums(draw.dataset, dataPath('datasets')),
    manifest: suite.digest,
    references: sums,
    gates: await sumOf(gates),
    scoring: suite.rules.scoring,
  };
  const { card } = suite;
  const made: Disclosure = { committed, published, references, gates, ...(card && { card }) };
  await writeWhole(wholeOf(name), Buffer.from(`${JSON.stringify(made)}\n`));
  return made;
}

/** The suite with its digest. Its folder appears when it is whole, so what is there is not built again. */
async function built(secret: SeasonSecret, { progress, signal }: Options): Promise<Suite> {
  const { name, draw, published } = secret;
  const suite = seasonSuite(name, draw, published, await keptCard(secret));
  const folder = join(seasonSuites(name), suite.id);
  const there = await readManifest(folder).catch(() => null);
  const known = there && { ...suite, digest: there.digest as Sha256 };
  if (known && (await isBuilt(known, folder))) return known;
  return {
    ...suite,
    digest: (await craftSuite(suite, folder, dataPath('datasets'), progress, signal, craftedInSeason)) as Sha256,
  };
}

const calibrated = (season: string, suite: Suite, backend: UsualBackend, { jobs, progress, signal }: Options) =>
  keptOrMade(
    seasonPath(season, `reference.${backend}.json`),
    Reference,
    (reference) => reference.suite.digest === suite.digest && reference.harness.digest === harness().digest,
    () =>
      calibrate(suite, backend, {
        folder: seasonPath(season, 'calibration'),
        jobs,
        progress,
        signal,
        named: [seasonWords(season)],
      }),
  );

const looked = (season: string, suite: Suite, references: readonly Reference[], { progress, signal }: Options) =>
  keptOrMade(
    seasonPath(season, 'gates.json'),
    Gates,
    (gates) => gates.suite.digest === suite.digest && gates.calibration.length === references.length,
    async () => {
      const builds = [
        { nativeEngine: true, digest: suite.digest },
        { nativeEngine: false, digest: await builtAgain(season, suite.id, progress, signal) },
      ];
      const dirs = { datasets: dataPath('datasets'), suites: seasonSuites(season) };
      return gatesOf(suite, dirs, builds, { progress, signal, references });
    },
  );

/** In a process of its own that finds no native engine. The digest. */
const builtAgain = (season: string, id: string, progress: Progress, signal: AbortSignal): Promise<Sha256> =>
  withScratch(async (scratch) => {
    const folder = join(scratch, id);
    const args = [distPath('antidote.mjs'), 'season', 'craft', season, '--out', folder];
    const env = { ANTIDOTE_DATA: dataPath(), XDG_CACHE_HOME: join(scratch, 'empty') };
    await runProgram(args, { cwd: projectDir, env, signal }, (what) => progress(0, `again: ${what}`));
    return (await readManifest(folder)).digest as Sha256;
  });

/**
 * What keeps a season from being opened, in a sentence, or null. A plan is fixed before the data is known: attacks that
 * do not count there are left out by the score, and some must remain on every engine.
 */
export function whyNot({ calibration, leaks, determinism, budgets }: Gates): string | null {
  if (!leaks.ok) return 'the leak lint found what tells poison from the rest; gates.json says where.';
  if (!determinism.ok) return 'it came out as another suite when it was built again.';
  if (!budgets.ok) return budgets.broken[0] ?? 'a budget is not kept.';
  const without = calibration.find(({ cells }) => !cells.some(({ counts }) => counts));
  return without ? `on ${without.backend} no attack counts.` : null;
}

async function keptOrMade<T>(
  path: string,
  schema: z.ZodType<T>,
  isOurs: (kept: T) => boolean,
  make: () => Promise<T>,
): Promise<T> {
  const text = await readIfThere(path);
  const kept = text === null ? null : schema.parse(JSON.parse(text));
  if (kept !== null && isOurs(kept)) return kept;
  const made = await make();
  await writeWhole(path, Buffer.from(`${JSON.stringify(made)}\n`));
  return made;
}
