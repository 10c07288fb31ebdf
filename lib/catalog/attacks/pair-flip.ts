import type { DescribedAttack } from './described-attack.ts';

export const pairFlip: DescribedAttack = {
  family: 'indiscriminate',
  aim: 'everything',
  budget: 'rate',
  title: 'Pair flip',
  does: 'Rows drawn at random get the label of another class, the same for all rows of a class, so that each class is mistaken for one other.',
  threatModel:
    'The attacker relabels a share of the training rows, which it does not choose, and adds none. It knows the set of labels and nothing else.',
  measured: 'All test rows, clean.',
  original: 'Clean row',
  source: {
    paper: 'Han et al. 2018, Co-teaching: robust training of deep neural networks with extremely noisy labels',
    url: 'https://arxiv.org/abs/1804.06872',
  },
};
