import { faultsIn } from './fault.ts';

const test = (...names: string[]) => names.map((name) => `tests/lib/scoring/${name}.test.ts`);

/** The first version of the score, and what both versions use. */
export const scoring = [
  ...faultsIn('lib/scoring/estimates.ts', test('score', 'core-1'), [
    [
      'worst-bound-at-.05',
      '1 - 0.025 / counted.length',
      '1 - 0.05 / counted.length',
      'The upper end of the worst family is too low.',
    ],
    [
      'worst-bound-not-divided',
      '1 - 0.025 / counted.length',
      '1 - 0.025',
      'The upper end forgets that it is a minimum of many.',
    ],
    [
      'low-at-95',
      'value - reachOfMean(bySeed, 0.975)',
      'value - reachOfMean(bySeed, 0.95)',
      'The lower end is not at 97.5 %.',
    ],
    ['high-at-95', 'upper = 0.975', 'upper = 0.95', 'The upper end is not at 97.5 %.'],
    ['interval-of-four', 'seedsForInterval = 5', 'seedsForInterval = 4', 'Four seeds have an interval.'],
    ['interval-of-six', 'seedsForInterval = 5', 'seedsForInterval = 6', 'Five seeds have no interval.'],
    [
      'worst-high-is-greatest',
      'high: Math.min(',
      'high: Math.max(',
      'The upper end of the worst family is that of the best.',
    ],
    [
      'worst-low-is-greatest',
      'low: Math.min(',
      'low: Math.max(',
      'The lower end of the worst family is that of the best.',
    ],
    ['jackknife-n-times', '(n - 1) * statistic', 'n * statistic', 'Pseudo-values are not those of the jackknife.'],
    [
      'jackknife-leaves-none-out',
      'seed !== out',
      'seed === out',
      'The jackknife keeps one seed instead of leaving it out.',
    ],
  ]),
  ...faultsIn('lib/scoring/robustness.ts', test('score', 'core-1'), [
    [
      'delta-method-sign',
      '(left * undefended - defended) / damage',
      '(left * undefended + defended) / damage',
      'Deviations have a wrong sign.',
    ],
    [
      'delta-method-without-q',
      '(left * undefended - defended) / damage',
      '(undefended - defended) / damage',
      'Deviations do not follow from the ratio.',
    ],
    [
      'greatest-family',
      'other.robustness.rho < worst',
      'other.robustness.rho > worst',
      'The best family stands for the worst.',
    ],
    [
      'missing-part-is-left-out',
      'whole.length === 0 || whole.length < parts.length',
      'whole.length === 0',
      'A missing part is averaged away.',
    ],
    [
      'missing-family-is-left-out',
      'known.length === 0 || known.length < counted.length',
      'known.length === 0',
      'A missing family is no reason to have no worst one.',
    ],
    ['rho-is-what-is-left', 'rho: 1 - left', 'rho: left', 'ρ is the share of damage that stays.'],
  ]),
  ...faultsIn('lib/scoring/effects.ts', test('score'), [
    ['failure-keeps-its-number', ': 0 }));', ': 1 }));', 'A failed trial counts as a perfect one.'],
    [
      'effect-of-the-attacked',
      'undefended: undefended.clean - undefended.attacked',
      'undefended: undefended.attacked',
      'The damage is not a difference.',
    ],
  ]),
  ...faultsIn('lib/scoring/clean.ts', test('clean', 'score'), [
    ['seed-of-one-model', 'models.every(', 'models.some(', 'A seed counts with one model of many.'],
    ['failed-clean-run-is-1', '?? 0', '?? 1', 'A failed clean run has accuracy 1.'],
  ]),
  ...faultsIn('lib/scoring/costs.ts', test('costs', 'score'), [
    [
      'utility-sign',
      'accuracy - undefended.get(seed)!',
      'undefended.get(seed)! - accuracy',
      'Utility has the wrong sign.',
    ],
    ['collapse-at-20', 'utility.value < -0.1', 'utility.value < -0.2', 'Ten points lost are no collapse.'],
    ['collapse-at-5', 'utility.value < -0.1', 'utility.value < -0.05', 'Five points lost are a collapse.'],
    [
      'collapse-at-the-edge',
      'utility.value < -0.1',
      'utility.value <= -0.1',
      'Exactly ten points lost are a collapse.',
    ],
    [
      'cost-inverted',
      'trial.seconds! / trial.undefendedSeconds!',
      'trial.undefendedSeconds! / trial.seconds!',
      'Cost is speed.',
    ],
  ]),
  ...faultsIn('lib/scoring/cells.ts', test('score', 'ranks'), [
    ['control-has-every-cell', '!control ||', 'true ||', 'A control is scored where all rows are poison.'],
  ]),
  ...faultsIn('lib/scoring/references.ts', test('score', 'core-1', 'references'), [
    [
      'gate-at-97.5',
      'reachOfMean(measured, 0.95)',
      'reachOfMean(measured, 0.975)',
      'The gate is stricter than one-sided 95 %.',
    ],
    [
      'gate-at-the-mean',
      'mean(measured) - reachOfMean(measured, 0.95)',
      'mean(measured)',
      'The gate ignores the interval.',
    ],
    [
      'gate-by-scored-seeds',
      '&& gateSeeds.includes(cell.seed)',
      '&& !gateSeeds.includes(cell.seed)',
      'Seeds that score decide what is scored.',
    ],
    ['control-counts', 'bites && !scenario.control', 'bites', 'A control counts.'],
    ['one-engine-gates', '...others.map(', '...others.slice(0, 0).map(', 'Cells differ between engines.'],
    [
      'effect-at-95',
      'reachOfMean(effects, 0.975)',
      'reachOfMean(effects, 0.95)',
      'The interval of an effect is too narrow.',
    ],
  ]),
  ...faultsIn('lib/scoring/flags.ts', test('flags'), [
    [
      'random-at-97.5',
      'reachOfMean(differences, 0.95)',
      'reachOfMean(differences, 0.975)',
      'A filter must be better than random at 97.5 %.',
    ],
    [
      'one-class-at-99',
      'oneClassShare = 0.95',
      'oneClassShare = 0.99',
      'A model that says one class at 96 % is not flagged.',
    ],
    ['limit-at-99', '0.9 * trialSeconds', '0.99 * trialSeconds', 'A trial close to its time limit is not flagged.'],
  ]),
  ...faultsIn('lib/scoring/frontier.ts', test('frontier'), [
    [
      'frontier-below-accuracy',
      'member.clean >= clean',
      'member.clean <= clean',
      'Gain is over members that are less accurate.',
    ],
    [
      'frontier-without-the-equal',
      'member.clean >= clean',
      'member.clean > clean',
      'Gain is not over a member of the same accuracy.',
    ],
    ['frontier-least', 'worst - Math.max(0, ...', 'worst - Math.min(0, ...', 'Gain is not over the best member.'],
  ]),
  ...faultsIn('lib/scoring/ranks.ts', test('ranks'), [
    ['level-at-10', 'level = 0.05', 'level = 0.1', 'Places are apart at 10 %.'],
    ['winner-loses', 'difference, 0) > 0', 'difference, 0) < 0', 'The better entry stands below.'],
    ['embedding-is-ranked', "scores.flags.includes('embeds-data') ||", '', 'A module that embeds data is ranked.'],
    ['collapsed-is-compared', 'a.collapsed === b.collapsed ?', 'true ?', 'A collapsed entry is compared by its ρ.'],
  ]),
  ...faultsIn('lib/scoring/stats.ts', test('score'), [
    [
      'clips-at-0',
      'Math.max(-1, Math.min(1, value))',
      'Math.max(0, Math.min(1, value))',
      'A score below 0 is shown as 0.',
    ],
    ['does-not-clip-above', 'Math.max(-1, Math.min(1, value))', 'Math.max(-1, value)', 'A score above 1 is shown.'],
  ]),
  ...faultsIn('lib/scoring/stats.ts', test('stats'), [
    ['bonferroni', 'level / (pValues.length - place)', 'level / pValues.length', "Holm's correction is Bonferroni's."],
    [
      'holm-off-by-one',
      'level / (pValues.length - place)',
      'level / (pValues.length - place + 1)',
      "Holm's steps are one too strict.",
    ],
    ['population-deviation', '(values.length - 1));', 'values.length);', 'The deviation divides by n.'],
    ['one-sided-p', 'return 2 * studentCdf(', 'return studentCdf(', 'p is one-sided.'],
    ['freedom-n', 'n - 1);\n}', 'n);\n}', 'The paired test has n degrees of freedom.'],
    [
      'quantile-of-n',
      'studentQuantile(probability, values.length - 1)',
      'studentQuantile(probability, values.length)',
      'The interval has n degrees of freedom.',
    ],
    [
      'wilson-at-90',
      'normalQuantile = 1.959963984540054',
      'normalQuantile = 1.6448536269514722',
      "Wilson's interval is at 90 %.",
    ],
  ]),
];
