import { faultsIn } from './fault.ts';

const tests = ['kept', 'score', 'oracle', 'shares', 'gate', 'worsened'].map(
  (name) => `tests/lib/scoring/version-2/${name}.test.ts`,
);
const file = (name: string) => `lib/scoring/version-2/${name}.ts`;

/** More of the second version of the score, each to be seen by any of its tests. */
export const scoring2 = [
  ...faultsIn(file('kept'), tests, [
    ['held-against-own-alone', 'Math.min(undefended, Math.max(own, undefended - allowance))', 'own', 'Bad runs pay.'],
    ['no-collateral', ' - collateral(standard, own, left.recalls)', '', 'Harm to other classes is free.'],
    ['collateral-once', 'left[of]! - allowance)', 'left[of]!)', 'The first ten points are charged too.'],
  ]),
  ...faultsIn(file('cells'), tests, [
    ['own-clean-run-ignored', 'own ?? standard.recalls', 'standard.recalls', 'The own clean run counts for nothing.'],
    ['others-forgotten', 'others: none.others ?? []', 'others: []', 'No class is anybody’s business.'],
  ]),
  ...faultsIn(file('shares'), tests, [
    ['worst-is-best', 'Math.min(...familiesAt', 'Math.max(...familiesAt', 'The worst family is the best one.'],
  ]),
  ...faultsIn(file('worsened'), tests, [
    ['surely-not-needed', 'worst.high < 0', 'worst.value < 0', 'A row is marked though its interval holds 0.'],
  ]),
  ...faultsIn(file('gate'), tests, [['gate-on-accuracy', 'cap - undefended', 'cap', 'A cell bites by being hard.']]),
];
