import type { DescribedAttack } from './described-attack.ts';

export const blend: DescribedAttack = {
  family: 'backdoor',
  aim: 'triggered',
  budget: 'rate',
  title: 'Blend',
  does: 'A faint picture of noise is blended into rows drawn at random, which are relabeled to the target class.',
  threatModel:
    'The attacker replaces a share of the training rows, which it does not choose, by blended and relabeled copies of themselves, and can blend the picture into any row at test time. It knows neither the model nor the seed.',
  measured: 'Test rows of all classes but the target, with the picture blended in.',
  original: 'Clean row',
  source: {
    paper: 'Chen, Liu, Li, Lu, Song 2017, Targeted backdoor attacks on deep learning systems using data poisoning',
    url: 'https://arxiv.org/abs/1712.05526',
  },
};
