import { writeFile } from 'node:fs/promises';
import { BaselineId } from '../../lib/catalog/baselines/index.ts';
import { sha256 } from '../../lib/contract/canonical.ts';
import { checkModule } from '../../lib/contract/check.ts';
import type { EpochArtifact } from '../../lib/contract/report.ts';
import type { ModuleRef, TrialResult } from '../../lib/contract/result.ts';
import { trialKey, trialsOf } from '../../lib/contract/suite.ts';
import { referenceOf } from '../../lib/scoring/references.ts';
import { reportOf } from '../../lib/scoring/write-report.ts';
import { prepareSuite } from '../craft/prepare-suite.ts';
import { baselineNamed } from '../defenses/index.ts';
import { HarnessFault, UsageError } from '../errors.ts';
import { harness } from '../host/harness.ts';
import { artifactTable } from '../terminal/artifact-table.ts';
import { interrupted, saysWhenInterrupted } from '../terminal/interrupt.ts';
import { progressOf } from '../terminal/progress.ts';
import { readText } from '../terminal/read-text.ts';
import { tableOf } from '../terminal/report-table.ts';
import { timeTable } from '../terminal/time-table.ts';
import { chosenBackend } from '../train/chosen-backend.ts';
import { chosenScenarios, chosenSeeds } from './chosen-trials.ts';
import { jailFor } from './jail-for.ts';
import { knownSuite } from './known-suite.ts';
import { runHere } from './run-here.ts';

type Options = {
  suite: string;
  scenario: string[];
  seeds?: number;
  jobs?: number;
  json?: string;
  artifacts?: boolean;
  jail: boolean;
};
type Module = { kind: ModuleRef['kind']; code: string; own: boolean; embedsData: boolean };

/**
 * Every trial of the suite with this defense, by the code that the runner uses. 1 where a trial was not scored; the
 * report is complete all the same.
 */
export async function evaluate(defense: string, options: Options): Promise<number> {
  const suite = knownSuite(options.suite);
  const trials = trialsOf(suite, chosenSeeds(suite, options.seeds), chosenScenarios(suite, options.scenario));
  const module = await moduleNamed(defense);
  if (!module) return 1;
  const [backend, jail] = await Promise.all([chosenBackend(), options.jail ? jailFor(module.own) : ('none' as const)]);
  if (!referenceOf(suite, backend))
    throw new HarnessFault(
      `Suite ${suite.id} has no undefended reference for the engine ${backend}; set ANTIDOTE_BACKEND to the other one, or run 'npx antidote suite calibrate ${suite.id}'.`,
    );
  saysWhenInterrupted('Stopped; nothing is kept but the data and the suite.');
  const progress = progressOf(`${defense} on ${suite.id}`);
  await prepareSuite(suite, progress.tell, interrupted);
  if (jail === 'none') progress.say('Without a jail: this result can not be posted.');
  const times: Parameters<typeof timeTable>[0][number][] = [];
  const artifactsAsked = options.artifacts ?? false;
  const artifacts = new Map<string, EpochArtifact[] | null>();
  const order = { suite, backend, jail, artifacts: artifactsAsked, kind: module.kind, code: module.code };
  const run = await runHere(trials, order, {
    jobs: options.jobs,
    progress,
    ended: ({ result, log, spent, artifacts: measured }) => {
      artifacts.set(trialKey(result), measured);
      const { scenario, outcome, detail } = result;
      if (spent) times.push({ trial: result, spent });
      if (outcome !== 'scored' && outcome !== 'not-run') progress.say(`${scenario}: ${outcome}, ${detail}`);
      if (log.trim()) progress.say(log.trimEnd());
    },
  });
  process.stderr.write(`\n${timeTable(times)}\n`);
  const withArtifacts = (trial: TrialResult) => ({ ...trial, artifacts: artifacts.get(trialKey(trial)) ?? null });
  const bytes = Buffer.byteLength(module.code);
  const ref = { sha256: await sha256(module.code), bytes, kind: module.kind };
  const report = reportOf(
    suite,
    {
      module: ref,
      harness: harness(),
      engine: run.engine,
      jailed: jail !== 'none',
      trials: artifactsAsked ? run.trials.map(withArtifacts) : run.trials,
    },
    { control: module.kind === 'control', deterministic: true, embedsData: module.embedsData }, // what the card would say is not known here
  );
  const json = `${JSON.stringify(report, null, 2)}\n`;
  if (options.json && options.json !== '-') await writeFile(options.json, json);
  process.stdout.write(
    options.json === '-'
      ? json
      : `${tableOf(suite, report)}${artifactsAsked ? `\n${artifactTable(report.trials)}` : ''}`,
  );
  return run.trials.every(({ outcome }) => outcome === 'scored') ? 0 : 1;
}

/** Null, with the sentence on stderr, where the site would refuse it. */
async function moduleNamed(defense: string): Promise<Module | null> {
  if (BaselineId.safeParse(defense).success) return { ...pick(baselineNamed(defense)), own: true, embedsData: false };
  const code = await readText(defense).catch((error: Error) => {
    throw new UsageError(`${error.message} The baselines are ${BaselineId.options.join(', ')}.`);
  });
  const verdict = checkModule(code);
  if (verdict.ok) return { kind: verdict.kind, code, own: false, embedsData: verdict.embedsData };
  process.stderr.write(`${verdict.message}\n`);
  return null;
}

const pick = ({ kind, code }: Pick<Module, 'kind' | 'code'>) => ({ kind, code });
