import type { DescribedAttack } from './described-attack.ts';

export const confidenceFlip: DescribedAttack = {
  family: 'indiscriminate',
  aim: 'everything',
  budget: 'rate',
  title: 'Confidence flip',
  does: 'The rows that a clean model is surest of get the label that it thinks next likely.',
  threatModel:
    'The attacker relabels a share of the training rows and adds none. It has the training rows and a model of its own fitted to them, not the seed.',
  measured: 'All test rows, clean.',
  original: 'Clean row',
  source: {
    paper: 'Xiao, Xiao, Eckert 2012, Adversarial label flips attack on support vector machines',
    url: 'https://doi.org/10.3233/978-1-61499-098-7-870',
  },
};
