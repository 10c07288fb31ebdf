import { type TrialLeak, trialLeakBounds } from '../../../lib/contract/gates.ts';
import { groupsOf } from '../../../lib/scoring/version-2/shares.ts';

/**
 * A trial as the lint sees it: what a defense could count of its training set, and what it must not learn from that.
 */
export type SeenTrial = {
  readonly dataset: string;
  readonly model: string;
  /** Null in a clean run. `name` tells the scenarios of a model apart, and is the same for all models. */
  readonly attack: { readonly name: string; readonly target: number | null } | null;
  readonly budget: number;
  readonly seed: number;
  /** Rows of each label. */
  readonly counts: Int32Array; // [classes]
  /** Those of them that have a twin. */
  readonly twins: Int32Array; // [classes]
};

type Feature = {
  /** A number for each class. */
  readonly ofClass: (trial: SeenTrial) => Int32Array;
  /** Whether it differs from seed to seed without any leak. */
  readonly drawn: boolean;
};

const features: Record<TrialLeak['feature'], Feature> = {
  /** The label histogram: the number of rows of each class. */
  labels: { ofClass: ({ counts }) => counts, drawn: true },
  /** Near-twins of each class, in whole thousandths of the rows: a few pictures are alike by themselves. */
  twins: {
    ofClass: ({ twins, counts }) => {
      const n = counts.reduce((sum, count) => sum + count, 0);
      return twins.map((count) => Math.floor((1_000 * count) / n));
    },
    drawn: false,
  },
};

/** Numbers that should not tell these two groups apart. `chance`: whether they differ from draw to draw. */
type Question = {
  readonly of: string;
  readonly yes: readonly number[];
  readonly no: readonly number[];
  chance?: boolean;
};

/**
 * Whether a feature of whole trials tells which attack it is, its rate, its target, or that there is none, over all
 * trials of a data set and model. The trials of a seed share a histogram, so attack, rate and clean are asked of the
 * difference to the seed's clean run, which should be nothing. A test names the area under the curve that lies farthest
 * from .5.
 */
export function lintTrials(trials: readonly SeenTrial[]): TrialLeak[] {
  return groupsOf(trials, ({ dataset, model }) => `${dataset} ${model}`).flatMap(([, group]) =>
    (Object.keys(features) as TrialLeak['feature'][]).flatMap((feature) => {
      const inSeed = withinSeeds(group, features[feature]);
      const asked = {
        clean: cleanQuestions(inSeed),
        attack: attackQuestions(inSeed),
        rate: rateQuestions(inSeed),
        target: targetQuestions(group, features[feature]),
      };
      return (Object.keys(asked) as TrialLeak['tells'][]).flatMap((tells) => {
        const { dataset, model } = group[0]!;
        const answers = asked[tells].filter(({ yes, no }) => yes.length > 0 && no.length > 0).map(answer);
        if (answers.length === 0) return [];
        const worst = answers.reduce((most, one) => (one.excess > most.excess ? one : most));
        return [{ dataset, model, feature, tells, of: worst.of, auc: worst.auc, ok: worst.excess <= 0 }];
      });
    }),
  );
}

function answer({ of, yes, no, chance }: Question) {
  const auc = areaBetween(yes, no);
  const deviation = chance ? Math.sqrt((yes.length + no.length + 1) / (12 * yes.length * no.length)) : 0;
  return {
    of,
    auc,
    excess: Math.abs(auc - 0.5) - Math.max(trialLeakBounds.auc, trialLeakBounds.deviations * deviation),
  };
}

/** A trial, and by how much its numbers differ from those of its seed's clean run: of each class, and in all. */
type Differing = { readonly trial: SeenTrial; readonly numbers: readonly number[] };

function withinSeeds(trials: readonly SeenTrial[], { ofClass }: Feature): Differing[] {
  return trials.map((trial) => {
    const clean = trials.find(({ attack, seed }) => attack === null && seed === trial.seed);
    if (!clean) throw new RangeError(`lintTrials: seed ${trial.seed} has no clean run on ${trial.model}`);
    const [own, there] = [ofClass(trial), ofClass(clean)];
    const numbers = [...own].map((value, label) => value - there[label]!);
    return { trial, numbers: [...numbers, numbers.reduce((sum, value) => sum + Math.abs(value), 0)] };
  });
}

const split = (trials: readonly Differing[], of: string, is: (trial: SeenTrial) => boolean) =>
  trials[0]!.numbers.map((_, at): Question => {
    const values = (wanted: boolean) =>
      trials.flatMap(({ trial, numbers }) => (is(trial) === wanted ? [numbers[at]!] : []));
    return { of, yes: values(true), no: values(false) };
  });

const cleanQuestions = (trials: readonly Differing[]) => split(trials, 'clean', ({ attack }) => attack === null);

const namesOf = (trials: readonly Differing[]) => [...new Set(trials.flatMap(({ trial }) => trial.attack?.name ?? []))];

function attackQuestions(trials: readonly Differing[]): Question[] {
  const attacked = trials.filter(({ trial }) => trial.attack);
  return namesOf(trials).flatMap((name) => split(attacked, name, ({ attack }) => attack!.name === name));
}

function rateQuestions(trials: readonly Differing[]): Question[] {
  return namesOf(trials).flatMap((name) => {
    const own = trials.filter(({ trial }) => trial.attack?.name === name);
    const budgets = [...new Set(own.map(({ trial }) => trial.budget))];
    return budgets.flatMap((rate) => split(own, `${name} at ${rate}`, ({ budget }) => budget === rate));
  });
}

/** Of each attack and seed one trial, as its budgets share their target. */
function targetQuestions(trials: readonly SeenTrial[], { ofClass, drawn }: Feature): Question[] {
  const draws = new Map<string, SeenTrial>();
  for (const trial of trials)
    if (trial.attack && trial.attack.target !== null) draws.set(`${trial.attack.name} ${trial.seed}`, trial);
  const values = (wanted: boolean) =>
    [...draws.values()].flatMap((trial) =>
      [...ofClass(trial)].filter((_, label) => (label === trial.attack!.target) === wanted),
    );
  return [{ of: 'target', yes: values(true), no: values(false), chance: drawn }];
}

/** The chance that one of the first is larger than one of the second, ties counting half. */
function areaBetween(yes: readonly number[], no: readonly number[]): number {
  let above = 0;
  for (const one of yes) for (const other of no) above += one > other ? 1 : one === other ? 0.5 : 0;
  return above / (yes.length * no.length);
}
