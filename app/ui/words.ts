import { attackNamed } from '@/lib/catalog/attacks/index.ts';
import { describedBaseline } from '@/lib/catalog/baselines/index.ts';
import { modelNamed } from '@/lib/catalog/models/index.ts';
import type { BudgetUnit } from '@/lib/contract/attack.ts';
import { moduleByteLimit, type Track } from '@/lib/contract/card.ts';
import type { Family, Outcome } from '@/lib/contract/ids.ts';
import type { AttemptOutcome, FailCode } from '@/lib/contract/protocol.ts';
import { type LanguageId, languageOf, type Runtime, setOf } from '@/lib/contract/runtime.ts';
import { type Uncounted, uncountedFor } from '@/lib/scoring/uncounted.ts';

/** What the benchmark's ids are called on a page, and what people are told of each. */

/** How long a module may be. */
export const moduleLength = `${moduleByteLimit.toLocaleString('en-US')} bytes`;

export const attackName = (id: string) => attackNamed(id).title;

/** Of a family of a suite that this version may not know. */
export const familyInText = (id: string): string => (familyName[id as Family] ?? id).toLowerCase();

export const familyName: Record<Family, string> = {
  indiscriminate: 'Indiscriminate',
  targeted: 'Targeted',
  backdoor: 'Backdoor',
  subpopulation: 'Subpopulation',
  adaptive: 'Adaptive',
};

/** What the attacks of a family have in common. */
export const familyHint: Record<Family, string> = {
  indiscriminate: 'The model is to be wrong on all rows',
  targeted: 'The model is to be wrong on some rows that the attacker chose',
  backdoor: 'The model is to be wrong where a trigger is shown, and nowhere else',
  subpopulation: 'The model is to be wrong on one class, or on one cluster of rows',
  adaptive: 'The attacker knows how usual defenses work, and was made against them',
};

/** Why no score counts a cell. */
export const uncountedText: Record<Uncounted, string> = {
  control: 'a control',
  blunt: 'does not bite',
  biases: 'biases undo it',
};

/** Whether a cell counts, and why not. */
export function whetherCounts(...of: Parameters<typeof uncountedFor>): string {
  const why = uncountedFor(...of);
  return why ? `no: ${uncountedText[why]}` : 'yes';
}

/** What a defense assumes, in as many words as a column has room for. */
export const trackText: Record<Track, string> = {
  nothing: 'nothing',
  'poison-rate': 'poison rate',
  'clean-data': 'clean data',
};

export const languageId = (runtime: Runtime): LanguageId => languageOf(runtime).id;
/** With its set of packages, where it has one: Python, numpy. */
export const runtimeText = (runtime: Runtime) =>
  [languageOf(runtime).label, setOf(runtime)].filter((part) => part !== null).join(', ');

export const modelName = (id: string) => modelNamed(id).title;

const unitText: Record<BudgetUnit, string> = {
  rate: ' % poison',
  copies: ' per target',
  cluster: ' per row',
  share: ' % of each group',
};
const amount = (budget: number, unit: BudgetUnit) =>
  `${unit === 'rate' || unit === 'share' ? Number((100 * budget).toPrecision(3)) : budget}`;

/** How much poison, in the unit of its attack. */
export function budgetText(budget: number, attack: string): string {
  const unit = attackNamed(attack).budget;
  return `${amount(budget, unit)}${unitText[unit]}`;
}

/** The number alone, with its sign of percent: under an axis there is no room for more. */
export const shortBudget = (budget: number, attack: string) =>
  budgetText(budget, attack).replace(/ (poison|of each group|per .*)$/, '');

/** Several budgets of one attack, the unit named once: 5, 10, 20 %. */
export function budgetsText(budgets: readonly number[], attack: string): string {
  const unit = attackNamed(attack).budget;
  return `${budgets.map((budget) => amount(budget, unit)).join(', ')}${unit === 'rate' ? ' %' : unitText[unit]}`;
}

export const baselineRole = (id: string) => describedBaseline(id).role;

export const kindText = {
  filter: 'Weighs the training rows before training',
  shape: 'Shapes the gradient of every step',
  train: 'Owns the whole training run',
  control: 'A control that the harness makes itself, knowing which rows are poison',
};

/** What marks a row of the board beside its flags. */
export const markText = {
  snapshot: 'A reference snapshot: computed on another machine, and delivered with the software',
  worse: 'In this family it leaves more damage than no defense, and its interval says so',
};

/** What is taken off by gain, as the second rules have it. */
export const stoppedEarly =
  'what plain SGD gets that stops early where that is best for each attack, and is no less accurate, without the poison or with it';

export const stateText = {
  queued: 'Waiting in the queue',
  running: 'Being evaluated',
  scored: 'Scored',
  failed: 'Failed in every trial',
  stalled: 'Stalled on our side',
  withdrawn: 'Withdrawn',
};

/** What came of running a job again. */
export const verdictText = {
  same: 'The same numbers, to the last bit.',
  differs: 'Other numbers.',
  'not-compared': 'Not compared: another engine or processor.',
};

/** A trial that was not scored: what happened, and what its author can do. */
export const outcomeText: Record<Outcome, { name: string; hint: string | null }> = {
  scored: { name: 'scored', hint: null },
  threw: {
    name: 'threw an error',
    hint: 'Run it on your own machine with the command below: the same error comes with its stack.',
  },
  'timed-out': {
    name: 'ran past the time limit',
    hint: 'A trial may take 20 times as long as undefended training, and a minute at least. Look for a loop or a promise that never ends.',
  },
  'out-of-memory': {
    name: 'used too much memory',
    hint: 'Keep pixels as the bytes they come in, and turn a batch at a time into floats.',
  },
  'bad-output': {
    name: 'returned something else than asked for',
    hint: 'Names, shapes and lengths must be those of the model’s description.',
  },
  'not-finite': {
    name: 'returned NaN or infinity',
    hint: 'Look for a division by zero: a gradient of norm 0, an empty batch.',
  },
  'too-large': { name: 'returned too much', hint: 'Return the weights of the model and nothing else.' },
  'blocked-import': {
    name: 'tried to import something',
    hint: 'A defense imports nothing: all it needs arrives as arguments.',
  },
  'not-a-defense': {
    name: 'is no defense',
    hint: 'The default export is an object with exactly one of filter, shape and train.',
  },
  'not-run': { name: 'was not run', hint: null },
};

/** Why the site itself ended an attempt. */
type EndedBySite = 'lease-expired' | 'quarantined' | 'retired';

const reasonText: Record<FailCode | EndedBySite, string> = {
  'no-jail': 'The runner could not open a jail.',
  'no-data': 'The runner could not get the data set.',
  'no-engine': 'The runner’s engine did not start.',
  'jail-broke': 'The jail itself failed, not the module.',
  'runner-broke': 'The runner failed.',
  'harness-differs': 'The runner has another version of the harness.',
  'result-refused': 'The site could not believe the result.',
  'out-of-disk': 'The runner’s disk was full.',
  'lease-lost': 'The runner was silent for too long, and the job was given to another.',
  drained: 'The runner was being shut down.',
  cancelled: 'The job was cancelled.',
  'lease-expired': 'The runner was not heard of until its lease ran out.',
  quarantined: 'An organizer quarantined the runner.',
  retired: 'An organizer retired the runner.',
};

/** Why an attempt ended, in a sentence: by a code of the runner protocol's or of the site's. */
export const whyEnded = (code: string): string => reasonText[code as keyof typeof reasonText] ?? code;

export const attemptText: Record<AttemptOutcome, string> = {
  succeeded: 'brought a result',
  expired: 'runner fell silent',
  infra: 'our side failed',
  released: 'given back',
  cancelled: 'cancelled',
};

export const flagText: Record<string, string> = {
  collapsed: 'lost more than 10 points of clean accuracy',
  'one-class': 'in some trial its model calls 95 % or more of the clean test rows one class',
  'not-run': 'some trials were not run',
  'failed-trials': 'failed in some trials',
  'embeds-data': 'over 64 KiB of source, 4 KiB of literals or 8 KiB compressed: it could carry data with it',
  'seed-ignored':
    'gives the same numbers for every seed, though its card says that it draws, or knows classes by names that were taken from them',
  'limit-nearly-used': 'came close to the limit of time or memory',
  'no-better-than-random': 'no better than a random filter that drops as many rows as it did',
  'learns-from-nothing':
    'in an honesty probe it is right more often than the training set can teach, so it knows from elsewhere',
  'lost-in-another-world':
    'loses far more than the undefended model where all images and names are changed alike, so it knows from elsewhere',
  'no-jail': 'ran without a jail',
  'large-gap': 'reaches surely more in public than in the season, beyond what is usual for reference defenses',
};
