import type { DescribedAttack } from './described-attack.ts';

export const classSwap: DescribedAttack = {
  family: 'adaptive',
  aim: 'group',
  budget: 'share',
  title: 'Class swap',
  does: 'Of both classes of a pair, the rows that a clean model is surest of get the label of the other class.',
  threatModel:
    'The attacker relabels a share of the rows of the classes that it chooses and adds none. It knows that defenses may favor one class over another. It has the training rows and a model of its own fitted to them, not the seed.',
  measured: 'Test rows of the pairs.',
  original: 'Clean row',
  source: {
    paper: 'Xiao, Xiao, Eckert 2012, Adversarial label flips attack on support vector machines',
    url: 'https://doi.org/10.3233/978-1-61499-098-7-870',
  },
};
