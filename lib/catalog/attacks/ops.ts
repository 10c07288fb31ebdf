import type { DescribedAttack } from './described-attack.ts';

export const ops: DescribedAttack = {
  family: 'indiscriminate',
  aim: 'everything',
  budget: 'rate',
  title: 'One-pixel shortcut',
  does: 'In every poisoned row one pixel, the same throughout a class, is made black or white, and the model learns the pixel instead of the picture.',
  threatModel:
    'The attacker changes one pixel in a share of the training rows, and no label. It has the training rows and neither the model nor the seed.',
  measured: 'All test rows, clean.',
  original: 'Clean row',
  source: { paper: 'Wu, Chen, Xie, Huang 2023, One-pixel shortcut', url: 'https://arxiv.org/abs/2205.12141' },
};
