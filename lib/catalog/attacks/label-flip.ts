import type { DescribedAttack } from './described-attack.ts';

export const labelFlip: DescribedAttack = {
  family: 'indiscriminate',
  aim: 'everything',
  budget: 'rate',
  title: 'Label flip',
  does: 'Rows drawn at random get another label, drawn at random too.',
  threatModel:
    'The attacker relabels a share of the training rows, which it does not choose, and adds none. It knows the set of labels and nothing else.',
  measured: 'All test rows, clean.',
  original: 'Clean row',
  source: {
    paper: 'Biggio, Nelson, Laskov 2011, Support vector machines under adversarial label noise',
    url: 'https://proceedings.mlr.press/v20/biggio11.html',
  },
};
