import type { DescribedAttack } from './described-attack.ts';

export const gradientMatching: DescribedAttack = {
  family: 'targeted',
  aim: 'targets',
  budget: 'rate',
  title: 'Gradient matching',
  does: 'Rows of the class that a target is to be called are changed a little, so that training on them pulls a model as training on the target under that label would.',
  threatModel:
    'The attacker changes a share of the training rows, each pixel by a bounded amount, and no label. It has the training rows, the targets and a model of its own, and knows neither the model that is attacked nor the seed.',
  measured: 'The targets.',
  original: 'Clean row',
  source: {
    paper: 'Geiping et al. 2021, Witches’ Brew: industrial scale data poisoning via gradient matching',
    url: 'https://arxiv.org/abs/2009.02276',
  },
};
