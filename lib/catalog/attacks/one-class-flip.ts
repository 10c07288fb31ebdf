import type { DescribedAttack } from './described-attack.ts';

export const oneClassFlip: DescribedAttack = {
  family: 'indiscriminate',
  aim: 'group',
  budget: 'rate',
  title: 'One-class flip',
  does: 'Rows of one class get the label of one other, those first that a clean model is surest of, until the budget or the class is used up.',
  threatModel:
    'The attacker relabels a share of the training rows, all of one class, and adds none. It has the training rows and a model of its own fitted to them.',
  measured: 'Test rows of the class.',
  original: 'Clean row',
  source: {
    paper: 'Xiao, Xiao, Eckert 2012, Adversarial label flips attack on support vector machines',
    url: 'https://doi.org/10.3233/978-1-61499-098-7-870',
  },
};
