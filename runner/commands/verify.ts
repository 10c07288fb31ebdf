import { BaselineId } from '../../lib/catalog/baselines/index.ts';
import { SubmissionJson } from '../../lib/contract/api.ts';
import { sha256 } from '../../lib/contract/canonical.ts';
import { engineText } from '../../lib/contract/engine-text.ts';
import type { Backend, UsualBackend } from '../../lib/contract/ids.ts';
import type { Engine, ModuleRef, TrialResult } from '../../lib/contract/result.ts';
import { predictorOf, type Runtime } from '../../lib/contract/runtime.ts';
import type { SeasonRecord } from '../../lib/contract/season.ts';
import { openSnapshot } from '../../lib/contract/snapshot.ts';
import { type Suite, trialsOf } from '../../lib/contract/suite.ts';
import { differences } from '../../lib/scoring/differences.ts';
import { callSite, textOf } from '../client/public-api.ts';
import { committedRows } from '../client/snapshots.ts';
import { submissionPath } from '../client/submission.ts';
import { prepareSuite } from '../craft/prepare-suite.ts';
import { disclosedSuite, ensureDrawn } from '../craft/season/drawn-again.ts';
import { resultOutside } from '../craft/season/hidden-names.ts';
import { checkedDefense } from '../defenses/checked-defense.ts';
import { baselineNamed } from '../defenses/index.ts';
import { HarnessFault, UsageError } from '../errors.ts';
import { interrupted, saysWhenInterrupted } from '../terminal/interrupt.ts';
import { progressOf } from '../terminal/progress.ts';
import { tell } from '../terminal/tell.ts';
import { verifyTable } from '../terminal/verify-table.ts';
import { chosenBackend } from '../train/chosen-backend.ts';
import { chosenScenarios, chosenSeeds } from './chosen-trials.ts';
import { jailFor } from './jail-for.ts';
import { knownSuite } from './known-suite.ts';
import { runHere } from './run-here.ts';
import { nameOf } from './season-open.ts';
import { seasonRow, wholeSeason } from './season-row.ts';

type Options = { suite?: string; season?: string; scenario: string[]; seeds?: number; jobs?: number };

/** A row as it was recorded, and the text of its defense. */
type Recorded = {
  name: string;
  kind: ModuleRef['kind'];
  runtime: Runtime;
  code: string;
  own: boolean;
  engine: Engine;
  trials: TrialResult[];
};

/**
 * Runs a row again, or the cells of it that are chosen, and compares every number with what was recorded. 0 where they
 * are the same to the last bit, else 1. A baseline is compared with the snapshot that came with the software, anything
 * else with what the site shows. A row of a closed season is run on the season's suite, drawn again.
 */
export async function verify(row: string, options: Options): Promise<number> {
  if ((options.suite === undefined) === (options.season === undefined))
    throw new UsageError('A row is one of a public suite or of a closed season: --suite <id> or --season <name>.');
  const season = options.season === undefined ? null : await wholeSeason(nameOf(options.season));
  const suite = season ? await disclosedSuite(season) : knownSuite(options.suite!);
  const trials = trialsOf(suite, chosenSeeds(suite, options.seeds), chosenScenarios(suite, options.scenario));
  const recorded = season ? await inSeason(row, season) : await ofSuite(row, suite);
  const [backend, jail] = await Promise.all([backendFor(recorded.engine.backend), jailFor(recorded.own)]);
  saysWhenInterrupted('Stopped; nothing is kept but the data and the suite.');
  const progress = progressOf(`${recorded.name} on ${suite.id}`);
  const suites = season
    ? await ensureDrawn(season.name, suite, { progress: progress.update, say: progress.say, signal: interrupted })
    : await prepareSuite(suite, progress.tell, interrupted).then(() => undefined);
  const defense = await checkedDefense(recorded.kind, recorded.code, { runtime: recorded.runtime });
  const evaluation = { suite, suites, defense, backend, jail, artifacts: false };
  const run = await runHere(evaluation, trials, { jobs: options.jobs, progress });
  const { engine } = run;
  const again = season ? run.trials.map((trial) => resultOutside(trial, suite.draw ?? null)) : run.trials;
  const differing = differences(recorded.trials, again);
  tell(verifyTable(recorded.trials, again));
  tell(`recorded on  ${engineText(recorded.engine)}\nrun again on ${engineText(engine)}`);
  if (differing.length > 0 && engineText(engine) !== engineText(recorded.engine))
    tell(
      'The last bits are promised for the same engine, version and kind of processor; between others shares differ by a few rows.',
    );
  return differing.length === 0 ? 0 : 1;
}

function ofSuite(row: string, suite: Suite): Promise<Recorded> {
  const isBaseline = BaselineId.safeParse(row).success;
  if (!isBaseline && !SubmissionJson.shape.id.safeParse(row).success)
    throw new UsageError(
      `'${row}' is no id of a submission, which is on its page, nor of a baseline: ${BaselineId.options.join(', ')}.`,
    );
  return isBaseline ? committed(row, suite) : onSite(row, suite);
}

/** By the snapshot; of two engines' rows the one of the engine that is chosen here. */
async function committed(id: string, suite: Suite): Promise<Recorded> {
  const rows = committedRows().filter((row) => row.suite.digest === suite.digest);
  const own = rows.filter(({ baseline }) => baseline === id);
  if (own.length === 0) {
    const known = rows.map(({ baseline }) => baseline).join(', ');
    throw new UsageError(
      `The snapshot of ${suite.id} has no row of ${id}${known ? `; it has ${known}` : ''}. A submission of the site is verified by its id.`,
    );
  }
  const backend = await chosenBackend();
  const row = own.find(({ engine }) => engine.backend === backend) ?? own[0]!;
  const { kind, code } = baselineNamed(id);
  const digest = await sha256(code);
  if (digest !== row.module.sha256)
    throw new HarnessFault(`The row is of module ${row.module.sha256}; this version's ${id} is ${digest}.`);
  const trials = (await openSnapshot(row)).flatMap(({ result }) => result.trials);
  return { name: id, kind, runtime: 'javascript', code, own: true, engine: row.engine, trials };
}

const Shown = SubmissionJson.pick({
  name: true,
  kind: true,
  runtime: true,
  baseline: true,
  module: true,
  evaluations: true,
  engine: true,
  trials: true,
});

async function onSite(id: string, suite: Suite): Promise<Recorded> {
  const { name, kind, runtime, baseline, module, evaluations, engine, trials } = (
    await callSite(Shown, submissionPath(id, suite.id), interrupted)
  ).value;
  if (!engine || trials.length === 0) throw new UsageError(`Nothing of ${name} is recorded on ${suite.id} yet.`);
  if (!evaluations.some((one) => one.suite.digest === suite.digest))
    throw new HarnessFault(`The site's ${suite.id} has another digest than this version's.`);
  return { name, kind, runtime, code: await codeOf(id, baseline, module), own: baseline !== null, engine, trials };
}

async function inSeason(words: string, season: SeasonRecord): Promise<Recorded> {
  const { name, submission, baseline, runtime, module, engine, trials } = await seasonRow(words, season);
  const code = await codeOf(submission, baseline, module);
  return { name, kind: module.kind, runtime, code, own: baseline !== null, engine, trials };
}

/** Throws HarnessFault where it is not the row's module. */
async function codeOf(id: string, baseline: string | null, { sha256: recorded }: { sha256: string }): Promise<string> {
  const code = baseline
    ? baselineNamed(baseline).code
    : await textOf(`submissions/${encodeURIComponent(id)}/module`, interrupted);
  const digest = await sha256(code);
  if (digest !== recorded) throw new HarnessFault(`The row is of module ${recorded}; what is here is ${digest}.`);
  return code;
}

/** Numbers of two engines are never compared. */
async function backendFor(recorded: Backend): Promise<UsualBackend> {
  if (recorded === 'torch') return predictorOf(recorded);
  const here = await chosenBackend();
  if (here === recorded) return here;
  throw new HarnessFault(
    recorded === 'wasm'
      ? 'The row was computed on wasm; ANTIDOTE_BACKEND=wasm runs it here.'
      : "The row was computed on the native engine; 'npm run engine:native' installs it.",
  );
}
