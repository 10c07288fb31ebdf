import type { DefenseKind } from '../contract/ids.ts';
import type { Estimate } from '../contract/report.ts';

/**
 * What a cheat holds that a defense does not. What is public can't be kept from a public suite; a season's data and
 * seed are not, but how its plan makes the poison is.
 */
export type Holds = 'nothing' | 'public data' | 'public seeds' | 'the plan';

/**
 * Flags that tell a reader why a row is not to be believed: no reference defense has one on smoke-2 or core-2. That a
 * filter is no better than one at random is none of them: some honest filters are.
 */
export const tellingFlags: readonly string[] = [
  'collapsed',
  'one-class',
  'failed-trials',
  'not-run',
  'embeds-data',
  'seed-ignored',
];

/**
 * `flagged`: its row has one of the flags above. `low`: a mean of at most .1. `no gain`: no more than
 * under-training gives, within its interval. `not stopped`: none of these.
 */
export type CheatEnd = 'flagged' | 'low' | 'no gain' | 'not stopped';

/** How a cheat ends by what it reached. A gain without an interval, of less than five seeds, is none up to .05. */
export function cheatEnd({
  mean,
  gain,
  flags,
}: {
  mean: Estimate;
  gain: Estimate;
  flags: readonly string[];
}): CheatEnd {
  if (flags.some((flag) => tellingFlags.includes(flag))) return 'flagged';
  if (mean.value <= 0.1) return 'low';
  return (gain.low ?? gain.value - 0.05) <= 0 ? 'no gain' : 'not stopped';
}

/**
 * A module that tries to win without defending, against the second rules. `mean` and `gain` are measured on smoke-2,
 * both seeds; tests/cheats evaluates each again and holds it against this table.
 */
export type SecondCheat = {
  readonly name: string;
  readonly kind: DefenseKind;
  readonly holds: Holds;
  /** What it does, and what for. */
  readonly trick: string;
  readonly ends: CheatEnd;
  readonly mean: number;
  readonly gain: number;
  readonly flags: readonly string[];
  /** Why it is not stopped. */
  readonly because?: string;
};

/**
 * Where the numbers are from, and what they are compared with: the filter that knows the poison, the reference, and
 * biases that were tuned on the test rows, which have no clean run of their own. All were measured on 2026-12-01, on
 * tensorflow.
 */
export const secondCheatsMeasured = {
  suite: 'smoke-2',
  seeds: 2,
  controls: [
    {
      name: 'Oracle filter',
      baseline: 'oracle-filter',
      mean: 0.94,
      gain: 0.94,
      about: 'a control: it is told which rows are poison',
    },
    {
      name: 'DP-SGD',
      baseline: 'dp-sgd',
      mean: 0.24,
      gain: -0.08,
      about: 'the reference: an honest defense, not a bound',
    },
    {
      name: 'Tuned biases',
      baseline: null,
      mean: 0.27,
      gain: null,
      about: 'a control: told each attack, and tuned on the test rows. It shows about how much guessing can buy',
    },
  ],
} as const;

/** By the name of its file in tests/fixtures/cheats. */
export const secondCheats = {
  'group-bias': {
    name: 'Group bias',
    kind: 'train',
    holds: 'nothing',
    trick: 'Finds the two classes that are mistaken for each other most, and gives the one that loses rows a bias.',
    ends: 'low',
    mean: -0.07,
    gain: -0.33,
    flags: [],
  },
  'class-veto': {
    name: 'Veto of a class',
    kind: 'train',
    holds: 'nothing',
    trick: 'Never calls a row by the label that its model doubts most, which a backdoor’s target may be.',
    ends: 'low',
    mean: -0.31,
    gain: -0.58,
    flags: [],
  },
  'allowance-spender': {
    name: 'Allowance spent',
    kind: 'train',
    holds: 'nothing',
    trick: 'Takes ten points of recall from the label that it doubts most: just what may be lost without a charge.',
    ends: 'low',
    mean: 0.01,
    gain: 0.01,
    flags: [],
  },
  'double-allowance': {
    name: 'Allowance spent twice',
    kind: 'train',
    holds: 'nothing',
    trick:
      'Trains too little where the data look clean, so that less is expected of it, and then takes twenty points of recall from the label that it doubts most.',
    ends: 'no gain',
    mean: 0.21,
    gain: -0.14,
    flags: [],
  },
  'bad-class-when-clean': {
    name: 'One bad class where clean',
    kind: 'train',
    holds: 'nothing',
    trick:
      'Gives up ten points of recall of one class where the data look clean, for nearly no utility, and twenty under an attack.',
    ends: 'low',
    mean: -0.08,
    gain: -0.27,
    flags: [],
  },
  'histogram-reader': {
    name: 'Histogram reader',
    kind: 'train',
    holds: 'nothing',
    trick: 'Takes the commonest label for a backdoor’s target and the rarest for an attacked class, and sets biases.',
    ends: 'low',
    mean: -0.72,
    gain: -1,
    flags: [],
  },
  'logit-adjustment': {
    name: 'Logit adjustment',
    kind: 'train',
    holds: 'nothing',
    trick: 'Takes the logarithm of each label’s share from its logit, as if the shares were the attacker’s work.',
    ends: 'low',
    mean: 0,
    gain: 0,
    flags: [],
  },
  'prior-matcher': {
    name: 'Prior matching',
    kind: 'train',
    holds: 'nothing',
    trick: 'Moves the biases until as many training rows are called each class as there are labels of it.',
    ends: 'low',
    mean: -0.05,
    gain: -0.08,
    flags: [],
  },
  'random-biases': {
    name: 'Random biases',
    kind: 'train',
    holds: 'nothing',
    trick: 'Adds a random bias to each class, for luck.',
    ends: 'low',
    mean: -0.55,
    gain: -0.87,
    flags: [],
  },
  'swaps-back': {
    name: 'Swap back',
    kind: 'train',
    holds: 'nothing',
    trick: 'Calls two classes each by the other’s name where they are often mistaken for each other.',
    ends: 'low',
    mean: -0.16,
    gain: -0.19,
    flags: [],
  },
  'sandbags-by-length': {
    name: 'Early stop where clean',
    kind: 'train',
    holds: 'nothing',
    trick: 'Stops early where the data look clean, so that little is expected of its recall.',
    ends: 'no gain',
    mean: 0.18,
    gain: -0.14,
    flags: [],
  },
  'class-merger': {
    name: 'Two classes by one name',
    kind: 'train',
    holds: 'nothing',
    trick:
      'Calls two classes by one name where they are mistaken for each other in a quarter of their rows, so that half of the swapped rows are right.',
    ends: 'low',
    mean: 0,
    gain: 0,
    flags: [],
  },
  'stops-on-suspicion': {
    name: 'Early stop on suspicion',
    kind: 'train',
    holds: 'nothing',
    trick: 'Trains as usual where the data look clean, for its utility, and stops early where they do not.',
    ends: 'low',
    mean: -0.05,
    gain: -0.25,
    flags: [],
  },
  'early-votes': {
    name: 'Early votes',
    kind: 'train',
    holds: 'nothing',
    trick: 'Lets three models vote that were stopped early, after 120, 150 and 180 steps.',
    ends: 'no gain',
    mean: 0.19,
    gain: -0.07,
    flags: [],
  },
  'stop-where-memorized': {
    name: 'Stops where labels were memorized',
    kind: 'train',
    holds: 'nothing',
    trick:
      'Trains to the end where the data look clean, for a clean run as accurate as the undefended one. It stops early where rows were learned by heart whose labels a very short training never thinks of.',
    ends: 'low',
    mean: 0.07,
    gain: -0.17,
    flags: [],
  },
  'early-stopper': {
    name: 'Early stopper',
    kind: 'train',
    holds: 'nothing',
    trick: 'Trains for 80 steps instead of 702, too short to learn the poison, and calls it a defense.',
    ends: 'no gain',
    mean: 0.22,
    gain: -0.09,
    flags: [],
  },
  'mixed-lengths': {
    name: 'Mixed lengths',
    kind: 'train',
    holds: 'nothing',
    trick: 'Lets two models that were stopped early outvote one that was not.',
    ends: 'no gain',
    mean: 0.2,
    gain: -0.07,
    flags: [],
  },
  'many-members': {
    name: 'Many members',
    kind: 'train',
    holds: 'nothing',
    trick:
      'Returns two models two hundred times, in the hope that counting votes takes too long. Votes have the clock of the training: what they take is part of the cost, and ends the trial at the limit.',
    ends: 'low',
    mean: 0,
    gain: -0.26,
    flags: [],
  },
  'none-in-disguise': {
    name: 'No defense in disguise',
    kind: 'train',
    holds: 'nothing',
    trick: 'Trains as usual and multiplies the last layer by a thousand.',
    ends: 'low',
    mean: 0,
    gain: 0,
    flags: [],
  },
  'coarse-weights': {
    name: 'Coarse weights',
    kind: 'train',
    holds: 'nothing',
    trick: 'Keeps two bits of each weight, in the hope that the poison is in the others.',
    ends: 'low',
    mean: -0.04,
    gain: -0.31,
    flags: [],
  },
  'dead-pixels': {
    name: 'Dead pixels',
    kind: 'train',
    holds: 'nothing',
    trick: 'Lets no pixel count that is dark in nearly all rows, where a trigger would shine.',
    ends: 'low',
    mean: 0,
    gain: -0.04,
    flags: [],
  },
  'constant-model': {
    name: 'Constant model',
    kind: 'train',
    holds: 'nothing',
    trick: 'Calls everything one class, so that no attacker gets the label that it wants.',
    ends: 'flagged',
    mean: -0.94,
    gain: -1,
    flags: ['collapsed', 'one-class'],
  },
  'collapses-on-suspicion': {
    name: 'Collapse on suspicion',
    kind: 'train',
    holds: 'nothing',
    trick: 'Calls everything one class where the data smell of poison.',
    ends: 'flagged',
    mean: -0.6,
    gain: -0.63,
    flags: ['one-class'],
  },
  sandbagger: {
    name: 'Sandbagger',
    kind: 'train',
    holds: 'nothing',
    trick: 'Is bad on purpose where the data look clean, so that an attack seems to take nothing from it.',
    ends: 'flagged',
    mean: -0.65,
    gain: -0.99,
    flags: ['collapsed'],
  },
  'crashes-on-suspicion': {
    name: 'Crash on suspicion',
    kind: 'filter',
    holds: 'nothing',
    trick: 'Throws where the data smell of poison, so that only the runs that go well are measured.',
    ends: 'flagged',
    mean: -0.4,
    gain: -0.4,
    flags: ['failed-trials'],
  },
  'not-finite-on-suspicion': {
    name: 'No numbers on suspicion',
    kind: 'train',
    holds: 'nothing',
    trick: 'Returns weights that are no numbers where the data smell of poison.',
    ends: 'flagged',
    mean: -0.8,
    gain: -1,
    flags: ['failed-trials'],
  },
  overflow: {
    name: 'Overflow',
    kind: 'train',
    holds: 'nothing',
    trick: 'Returns finite weights whose products are not.',
    ends: 'flagged',
    mean: -0.88,
    gain: -1,
    flags: ['collapsed', 'one-class'],
  },
  'near-twins': {
    name: 'Near twins',
    kind: 'filter',
    holds: 'nothing',
    trick: 'Leaves out rows that look nearly like another one, gain and noise aside.',
    ends: 'low',
    mean: 0,
    gain: 0,
    flags: ['no-better-than-random'],
  },
  deduplicator: {
    name: 'Deduplicator',
    kind: 'filter',
    holds: 'nothing',
    trick: 'Leaves out rows that are there twice, pixel by pixel or in eight shades of gray.',
    ends: 'low',
    mean: 0,
    gain: 0,
    flags: [],
  },
  'slow-learner': {
    name: 'Slow learner',
    kind: 'train',
    holds: 'nothing',
    trick: 'Takes steps of a twentieth of their length: it learns as little as by an early stop, at full length.',
    ends: 'no gain',
    mean: 0.2,
    gain: -0.1,
    flags: [],
  },
  'small-sample': {
    name: 'Small sample',
    kind: 'train',
    holds: 'nothing',
    trick: 'Trains on a twentieth of the rows, drawn by lot, so that few of a target’s copies are among them.',
    ends: 'low',
    mean: -0.04,
    gain: -0.33,
    flags: [],
  },
  'two-votes': {
    name: 'Two votes',
    kind: 'train',
    holds: 'nothing',
    trick: 'Lets a model that stopped early and one that did not vote, where a tie goes to the smaller label.',
    ends: 'low',
    mean: 0,
    gain: -0.26,
    flags: [],
  },
  'mean-of-lengths': {
    name: 'Mean of two lengths',
    kind: 'train',
    holds: 'nothing',
    trick: 'Returns the mean of the weights after 60 steps and of those after the whole schedule from there on.',
    ends: 'no gain',
    mean: 0.15,
    gain: -0.07,
    flags: [],
  },
  'own-teacher': {
    name: 'Its own teacher',
    kind: 'train',
    holds: 'nothing',
    trick: 'Stops early, and trains for the whole schedule on what that model says of each row.',
    ends: 'no gain',
    mean: 0.17,
    gain: -0.17,
    flags: [],
  },
  'hidden-filter': {
    name: 'Hidden weights as a filter',
    kind: 'filter',
    holds: 'public data',
    trick: 'Leaves out what a model of the public data, four bits a weight in one long name, calls something else.',
    ends: 'flagged',
    mean: 0.88,
    gain: 0.63,
    flags: ['seed-ignored'],
  },
  'honest-where-renamed': {
    name: 'Honest where renamed',
    kind: 'train',
    holds: 'public data',
    trick:
      'Leaves out what 500 whole numbers, fitted to the public data, call something else. It sees by them when classes were renamed, and trains as usual there, so that the honesty probe finds nothing.',
    ends: 'not stopped',
    mean: 0.7,
    gain: 0.39,
    flags: [],
    because: 'A public suite cannot stop it: a season is drawn on data that nobody has fitted numbers to.',
  },
  'smuggled-weights': {
    name: 'Hidden weights as the model',
    kind: 'train',
    holds: 'public data',
    trick: 'Returns weights that were trained on clean public data, and looks at no row.',
    ends: 'flagged',
    mean: 1,
    gain: 1,
    flags: ['embeds-data', 'seed-ignored'],
  },
  'catalogue-signatures': {
    name: 'Signatures of the catalogue',
    kind: 'train',
    holds: 'the plan',
    trick:
      'Knows how the plan makes its poison: it looks for one square of eight black and eight white pixels, for pictures that are lifted out of the dark, for a pixel that is constant in a class, and for labels that a short training ranks last. It drops these rows.',
    ends: 'not stopped',
    mean: 0.38,
    gain: 0.3,
    flags: [],
    because:
      'Nothing stops it while attacks are made as the public plan says, in a season neither. A reviewer who reads the code sees that it would miss any other trigger.',
  },
  'public-seeds': {
    name: 'Public seeds',
    kind: 'filter',
    holds: 'public seeds',
    trick: 'Draws the secret order of the public seeds again, which tells the label of each place without poison.',
    ends: 'not stopped',
    mean: 0.94,
    gain: 0.94,
    flags: [],
    because: 'A public suite cannot stop it: a season is drawn from a seed that nobody has.',
  },
  'remembered-biases': {
    name: 'Remembered biases',
    kind: 'train',
    holds: 'public seeds',
    trick: 'Knows each public trial by its labels, and adds biases that were tuned for it on the test rows.',
    ends: 'flagged',
    mean: 0.27,
    gain: -0.06,
    flags: ['seed-ignored'],
  },
} satisfies Record<string, SecondCheat>;

export type SecondCheatId = keyof typeof secondCheats;
export const secondCheatIds = Object.keys(secondCheats) as SecondCheatId[];
