import { faultsIn } from './fault.ts';

const test = (name: string) => `tests/lib/scoring/version-2/${name}.test.ts`;
const tests = ['kept', 'score', 'oracle', 'shares', 'gate', 'worsened'].map(test);
const file = (name: string) => `lib/scoring/version-2/${name}.ts`;

/** The second version of the score. */
export const scoring2 = [
  ...faultsIn(file('kept'), tests, [
    ['allowance-twenty', 'const allowance = 0.1', 'const allowance = 0.2', 'Twenty points of a class are free.'],
    [
      'no-cap',
      'Math.min(left.robustAccuracy, standard.cap)',
      'left.robustAccuracy',
      'More than the clean model is credited.',
    ],
    [
      'held-against-own',
      'Math.min(undefended, Math.max(',
      'Math.max(0, Math.max(',
      'A better clean run is held against its entry.',
    ],
    ['held-against-own-alone', 'Math.min(undefended, Math.max(own, undefended - allowance))', 'own', 'Bad runs pay.'],
    ['no-collateral', ' - collateral(standard, own, left.recalls)', '', 'Harm to other classes is free.'],
    ['collateral-once', 'left[of]! - allowance)', 'left[of]!)', 'The first ten points are charged too.'],
    ['collateral-summed', 'Math.max(0, ...others', 'Math.max(...others', 'No collateral is negative collateral.'],
    [
      'failure-is-nothing',
      'standard.recalls.map(() => 0)',
      'standard.recalls',
      'A failure beats a run that harms other classes.',
    ],
    ['failure-beats-undefended', 'Math.min(undefended, keptOf(', 'Math.min(1, keptOf(', 'A failure beats no defense.'],
  ]),
  ...faultsIn(file('cells'), tests, [
    ['own-clean-run-ignored', 'own ?? standard.recalls', 'standard.recalls', 'The own clean run counts for nothing.'],
    ['others-forgotten', 'others: none.others ?? []', 'others: []', 'No class is anybody’s business.'],
  ]),
  ...faultsIn(file('shares'), tests, [
    ['share-unclipped', 'cap > undefended ? bound(', 'cap > undefended ? Number(', 'A cell may undo more than all.'],
    [
      'chosen-on-its-own-seeds',
      'other !== half) ?? half',
      'other === half) ?? half',
      'A cell is scored on the seeds that chose it.',
    ],
    ['best-cell', 'Math.min(...shares)', 'Math.max(...shares)', 'The adaptive family is the best cell.'],
    [
      'families-by-cell',
      'groupsOf(cells, ({ scenario }) => scenario)',
      'groupsOf(cells, (cell) => cell)',
      'A family is the mean of its cells.',
    ],
    ['worst-is-best', 'Math.min(...familiesAt', 'Math.max(...familiesAt', 'The worst family is the best one.'],
  ]),
  ...faultsIn(file('gate'), tests, [
    ['bias-gate-at-.9', 'mostByBias = 0.5', 'mostByBias = 0.9', 'A cell that biases undo counts.'],
    [
      'bias-at-scored-seeds',
      'suite.gateSeeds.includes(seed)',
      'suite.seeds.includes(seed)',
      'Scored seeds decide what counts.',
    ],
    ['gate-on-accuracy', 'cap - undefended', 'cap', 'A cell bites by being hard.'],
  ]),
  ...faultsIn(
    file('rival'),
    [...tests, test('rival')],
    [
      [
        'rivals-below',
        'accuracyOf(run) >= asked)',
        'accuracyOf(run) <= asked)',
        'Gain is over runs that are less accurate.',
      ],
      ['no-lot', 'less >= asked ? 0 :', 'less >= asked ? 0 : 0 *', 'Nobody draws between two lengths.'],
      [
        'ends-where-clean',
        '...keptByLots(runs, (run) => run.withPoison, accuracyIn(cell)),',
        '',
        'Who stops early only where there is poison has no rival.',
      ],
      [
        'not-to-defend-is-closed',
        'Math.max(undefended, ...kept)',
        'Math.max(-1, ...kept)',
        'Gain is over a run that does harm.',
      ],
    ],
  ),
  ...faultsIn(file('estimates'), tests, [
    ['not-widened', 'const wider = 1.25', 'const wider = 1', 'Intervals of skewed seeds are too narrow.'],
  ]),
  ...faultsIn(
    'lib/scoring/estimates.ts',
    [...tests, test('coverage')],
    [['pseudo-values-n', '(seeds.length - 1) *', 'seeds.length *', 'Differences are too far from their mean.']],
  ),
  ...faultsIn(file('worsened'), tests, [
    ['surely-not-needed', 'worst.high < 0', 'worst.value < 0', 'A row is marked though its interval holds 0.'],
  ]),
];
