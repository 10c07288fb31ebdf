import { BaselineId } from '../../lib/catalog/baselines/index.ts';
import { Backend } from '../../lib/contract/ids.ts';
import type { EpochArtifact, Reference } from '../../lib/contract/report.ts';
import type { TrialResult } from '../../lib/contract/result.ts';
import { engineOf, predictorOf } from '../../lib/contract/runtime.ts';
import { type Suite, trialKey, trialsOf } from '../../lib/contract/suite.ts';
import { checkText } from '../../lib/module-check/check-text.ts';
import { referenceOf, torchProblem } from '../../lib/scoring/references.ts';
import { reportOf } from '../../lib/scoring/write-report.ts';
import { prepareSuite } from '../craft/prepare-suite.ts';
import { type LoadedSuite, privateReference, referenceFile } from '../craft/private-suite.ts';
import { type CheckedDefense, checkedDefense } from '../defenses/checked-defense.ts';
import { baselineNamed } from '../defenses/index.ts';
import { HarnessFault, UsageError } from '../errors.ts';
import { requireFile } from '../host/destination.ts';
import { harness } from '../host/harness.ts';
import { readText } from '../host/read-text.ts';
import { artifactTable } from '../terminal/artifact-table.ts';
import { interrupted, saysWhenInterrupted } from '../terminal/interrupt.ts';
import { progressOf } from '../terminal/progress.ts';
import { tableOf } from '../terminal/report-table.ts';
import { remark, tell, tellJson } from '../terminal/tell.ts';
import { timeTable } from '../terminal/time-table.ts';
import { chosenBackend } from '../train/chosen-backend.ts';
import { chosenScenarios, chosenSeeds } from './chosen-trials.ts';
import { jailFor } from './jail-for.ts';
import { knownSuite, ownSuite, prepareOwn } from './known-suite.ts';
import { languageNamed } from './language-named.ts';
import { runHere } from './run-here.ts';
import { saveReport } from './save-report.ts';

type Options = {
  suite: string;
  attack?: string;
  scenario: string[];
  seeds?: number;
  jobs?: number;
  json?: string;
  artifacts?: boolean;
  jail: boolean;
};

/**
 * Every trial of the suite with this defense, by the code that the runner uses. 1 where a trial was not scored; the
 * report is complete all the same. 3 where it could not be written where it was wanted.
 */
export async function evaluate(name: string, options: Options): Promise<number> {
  const own = await ownSuite(options.suite, options.attack);
  const chosen = own?.suite ?? knownSuite(options.suite);
  const trials = trialsOf(chosen, chosenSeeds(chosen, options.seeds), chosenScenarios(chosen, options.scenario));
  const json = options.json === '-' ? undefined : options.json;
  if (json) requireFile('--json', json, inputsOf(name, own));
  const defense = await defenseNamed(name);
  if (!defense) return 1;
  const [usual, jail] = await Promise.all([
    chosenBackend(),
    options.jail ? jailFor(isBaseline(name)) : ('none' as const),
  ]);
  const engine = engineOf(defense.runtime, defense.kind, usual);
  if (!own && !referenceOf(chosen, engine)) throw new HarnessFault(noReference(chosen, engine));
  saysWhenInterrupted('Stopped; nothing is kept but the data and the suite.');
  const progress = progressOf(`${name} on ${chosen.id}`);
  const suite = own ? await prepareOwn(own, progress) : chosen;
  if (!own) await prepareSuite(suite, progress.tell, interrupted);
  const reference = own ? await privateReference(own.file, suite, engine) : referenceOf(suite, engine);
  if (jail === 'none') progress.say('Without a jail: this result can not be posted.');
  const times: Parameters<typeof timeTable>[0][number][] = [];
  const withArtifacts = options.artifacts ?? false;
  const artifacts = new Map<string, EpochArtifact[] | null>();
  const evaluation = {
    suite,
    ...(own && { suites: own.suites }),
    defense,
    backend: predictorOf(engine),
    jail,
    artifacts: withArtifacts,
  };
  const run = await runHere(evaluation, trials, {
    jobs: options.jobs,
    progress,
    ended: ({ result, log, phases, artifacts: measured }) => {
      artifacts.set(trialKey(result), measured);
      const { scenario, outcome, detail } = result;
      if (phases) times.push({ trial: result, phases });
      if (outcome !== 'scored' && outcome !== 'not-run') progress.say(`${scenario}: ${outcome}, ${detail}`);
      if (log.trim()) progress.say(log.trimEnd());
    },
  });
  remark(`\n${timeTable(times)}`);
  const detailed = (trial: TrialResult) => ({ ...trial, artifacts: artifacts.get(trialKey(trial)) ?? null });
  const report = reportOf(
    suite,
    {
      module: defense.module,
      harness: harness(defense.runtime),
      engine: run.engine,
      jailed: jail !== 'none',
      jail,
      trials: withArtifacts ? run.trials.map(detailed) : run.trials,
    },
    { control: defense.control !== null, deterministic: true, embedsData: defense.embedsData }, // what the card would say is not known here
    reference,
  );
  if (own) progress.say(notesOn(own, reference, engine));
  const text = `${JSON.stringify(report, null, 2)}\n`;
  if (options.json === '-') tellJson(report);
  else tell(`${tableOf(suite, report)}${withArtifacts ? `\n${artifactTable(report.trials)}` : ''}`.trimEnd());
  if (json && !(await saveReport(json, text))) return 3;
  return run.trials.every(({ outcome }) => outcome === 'scored') ? 0 : 1;
}

const noReference = (suite: Suite, engine: Backend) =>
  (engine === 'torch' && torchProblem(suite)) ||
  `Suite ${suite.id} has no undefended reference for the engine ${engine}; set ANTIDOTE_BACKEND to the other one, or run 'npx antidote suite calibrate ${suite.id}'.`;

/** What a reader should know of the numbers of a private suite. */
const notesOn = ({ file, attackFile, suite }: LoadedSuite, reference: Reference | null, backend: Backend): string =>
  [
    `${suite.id} is private: this report cannot be submitted.`,
    ...(reference
      ? []
      : [
          `'robust' is P, the share of attacked rows that got their true label. ρ needs the undefended numbers of this very suite on ${backend}: 'npx antidote suite calibrate ${file}${attackFile === null ? '' : ` --attack ${attackFile}`}${backend === 'torch' ? ' --torch' : ''}' writes them to ${referenceFile(file, backend)}.`,
        ]),
  ].join('\n');

/** What of the caller's is read: a report onto one of these would be the end of it. */
const inputsOf = (name: string, own: LoadedSuite | null): string[] =>
  [
    isBaseline(name) ? null : name,
    ...(own ? [own.file, own.attackFile, ...Backend.options.map((backend) => referenceFile(own.file, backend))] : []),
  ].filter((file) => file !== null);

const isBaseline = (name: string) => BaselineId.safeParse(name).success;

/** A baseline by its id, or a file. Null, with the sentence on stderr, where the site would refuse it. */
async function defenseNamed(name: string): Promise<CheckedDefense | null> {
  if (isBaseline(name)) {
    const { kind, code } = baselineNamed(name);
    return checkedDefense(kind, code);
  }
  const code = await readText(name).catch((error: Error) => {
    throw new UsageError(`${error.message} The baselines are ${BaselineId.options.join(', ')}.`);
  });
  const check = await checkText(code, languageNamed(name));
  if (check.ok) return checkedDefense(check.kind, code, { runtime: check.runtime, check });
  remark(check.message);
  return null;
}
