import { faultsIn } from './fault.ts';

const tests = ['kept', 'score', 'oracle'].map((name) => `tests/lib/scoring/version-2/${name}.test.ts`);
const file = (name: string) => `lib/scoring/version-2/${name}.ts`;

/** Of the second version of the score. */
export const scoring2 = [
  ...faultsIn(file('kept'), tests, [
    ['allowance-of-20', 'allowance = 0.1', 'allowance = 0.2', 'Twenty points of a class are lost without a charge.'],
    ['held-against-own', 'Math.min(undefended, Math.max(own, undefended - allowance))', 'own', 'Bad clean runs pay.'],
    ['no-cap', 'Math.min(left.robustAccuracy, standard.cap)', 'left.robustAccuracy', 'More than clean is credited.'],
    ['no-collateral', ' - collateral(standard, own, left.recalls)', '', 'Harm to other classes is free.'],
    ['collateral-once', 'left[of]! - allowance)', 'left[of]!)', 'The first ten points are charged too.'],
    ['failure-is-0', 'Math.min(0, undefended)', '0', 'A failed run beats the undefended one.'],
  ]),
  ...faultsIn(file('cells'), tests, [
    ['own-clean-run-ignored', 'own ?? standard.recalls', 'standard.recalls', 'The own clean run counts for nothing.'],
    ['undefended-without-others', 'others: none.others ?? []', 'others: []', 'No class is anybody’s business.'],
  ]),
  ...faultsIn(file('shares'), tests, [
    ['unclipped-share', 'bound((mean', '((mean', 'A cell weighs more than it may.'],
    ['chosen-on-its-own', 'other !== half', 'other === half', 'A cell is scored on the seeds that chose it.'],
    ['kindest-cell', 'Math.min(...shares)', 'Math.max(...shares)', 'The adaptive attacker chooses the weakest cell.'],
    ['worst-is-best', 'Math.min(...familiesAt', 'Math.max(...familiesAt', 'The worst family is the best one.'],
  ]),
  ...faultsIn(file('frontier'), tests, [
    ['gain-against-worse', 'clean >= own.clean', 'clean <= own.clean', 'Gain is against those that are less accurate.'],
    ['gain-against-negative', 'Math.max(0, ...rivals', 'Math.max(-1, ...rivals', 'A bad frontier adds to the gain.'],
  ]),
  ...faultsIn(file('contender'), tests, [
    ['pseudo-values', '(seeds.length - 1) * (center', '(center', 'Ranks compare leave-one-out values.'],
  ]),
  ...faultsIn(file('worsened'), tests, [
    ['surely-not-needed', 'worst.high < 0', 'worst.value < 0', 'A row is marked though its interval holds 0.'],
  ]),
  ...faultsIn(file('gate'), tests, [
    ['bias-may-do-all', 'mostByBias = 0.5', 'mostByBias = 1', 'Cells count that guessing undoes.'],
    ['gate-on-accuracy', 'cap - undefended', 'cap', 'A cell bites by being hard.'],
  ]),
];
