import type { DefenseKind } from '../contract/ids.ts';

/**
 * How a cheat ends. `below`: it does not come above the mean of DP-SGD. `flagged`: it does, and its row says why it is
 * not to be believed and is not ranked.
 */
export type CheatVerdict = 'below' | 'flagged';

/**
 * A module that tries to win without defending. `mean` and `worst` are its robustness, over attack families and in the
 * worst of them, as measured (see `cheatsMeasured`); tests/runner/cheats.test.ts evaluates each again and holds it
 * against this table.
 */
export type Cheat = {
  readonly name: string;
  readonly kind: DefenseKind;
  /** What it does, and what for. */
  readonly trick: string;
  readonly verdict: CheatVerdict;
  readonly flags: readonly string[];
  readonly mean: number;
  readonly worst: number;
  /** What is in its way, or why nothing is. */
  readonly because: string;
  /** What a season does about it, where the public suite does too little. */
  readonly season?: string;
};

/** Where the numbers are from, and what they are compared with. */
export const cheatsMeasured = {
  suite: 'smoke-1',
  seed: 0,
  reference: { name: 'DP-SGD', mean: 0.59, worst: -0.06 },
} as const;

/** By the name of its file in tests/fixtures/cheats. */
export const cheats = {
  sandbagger: {
    name: 'Sandbagger',
    kind: 'train',
    trick: 'Is bad on purpose where the data look clean, so that an attack seems to take nothing from it.',
    verdict: 'below',
    flags: ['collapsed'],
    mean: 0.02,
    worst: -0.07,
    because: 'Damage is counted from the undefended model’s clean accuracy, not from its own.',
  },
  'constant-model': {
    name: 'Constant model',
    kind: 'train',
    trick: 'Calls everything one class, so that no attacker gets the label that it wants.',
    verdict: 'below',
    flags: ['collapsed', 'one-class'],
    mean: -1,
    worst: -1,
    because:
      'What counts is the share of attacked rows given their true label. Attack success is shown beside it and ranks nobody.',
  },
  'collapses-on-suspicion': {
    name: 'Collapse on suspicion',
    kind: 'train',
    trick:
      'Trains as usual and, where the data smell of poison, calls everything one class: a good clean run, and no attack that succeeds.',
    verdict: 'below',
    flags: ['one-class'],
    mean: -1,
    worst: -1,
    because: 'The same; and the share of the commonest class is measured in every trial, not in the clean ones alone.',
  },
  'crashes-on-suspicion': {
    name: 'Crash on suspicion',
    kind: 'filter',
    trick: 'Throws where the data smell of poison, so that only the runs that go well are measured.',
    verdict: 'below',
    flags: ['failed-trials'],
    mean: -1,
    worst: -1,
    because: 'A trial that the module fails is scored as if it gave no attacked row its true label.',
  },
  deduplicator: {
    name: 'Deduplicator',
    kind: 'filter',
    trick:
      'Leaves out rows that are there twice, pixel by pixel or in eight shades of gray: inserted copies would give the poison away.',
    verdict: 'below',
    flags: [],
    mean: -0.04,
    worst: -0.13,
    because:
      'Every row has a gain and a noise of its own, laid on after the poison is inserted: no two are equal, in any coarse grid either.',
  },
  'public-members': {
    name: 'Bloom filter of the public data',
    kind: 'filter',
    trick:
      'Carries a 90 kB Bloom filter of FashionMNIST and keeps only rows that are members: whatever an attacker changed is none.',
    verdict: 'below',
    flags: ['embeds-data'],
    mean: 0,
    worst: 0,
    because:
      'The same gain and noise make every row a stranger. Without them it finds 99 % of stamped and inserted rows; the test says so too.',
  },
  'smuggled-weights': {
    name: 'Smuggled weights',
    kind: 'train',
    trick:
      'Carries weights that were trained on clean data, eight bits each, for every model of the suite, and looks at no row.',
    verdict: 'flagged',
    flags: ['embeds-data'],
    mean: 1,
    worst: 1,
    because:
      'It has no need of the training set, and the public suite’s test rows are those it was trained for. 147 kB of source are seen.',
    season: 'Pixels and class names are permuted by the secret seed, so that weights from elsewhere fit nothing.',
  },
  'public-mask': {
    name: 'Oracle from the public mask',
    kind: 'filter',
    trick:
      'Leaves out exactly the rows that the published mask calls poison, known by a Bloom filter written as one long name: no literal, 30 kB.',
    verdict: 'flagged',
    flags: ['embeds-data'],
    mean: 1,
    worst: 1,
    because:
      'A public suite publishes its poison, mask and jitter so that anybody can check it, and who has them can look its rows up. What gives it away is its size: no compressor shrinks such a name, and over 8 KiB compressed are seen.',
    season:
      'Poison, jitter and order are drawn anew from the secret seed: not one row is known. An organizer reads the code before a rank is final.',
  },
  'early-stopper': {
    name: 'Early stopper',
    kind: 'train',
    trick: 'Trains for 80 steps instead of 702, too short to learn the poison, and calls it a defense.',
    verdict: 'below',
    flags: [],
    mean: 0.56,
    worst: -0.15,
    because:
      'It is a member of the under-trained frontier, which the board measures: its gain over under-training is not above 0. That it comes near DP-SGD says as much of DP-SGD.',
  },
} satisfies Record<string, Cheat>;

export type CheatId = keyof typeof cheats;
export const cheatIds = Object.keys(cheats) as CheatId[];
