import type { DescribedAttack } from './described-attack.ts';

export const slab: DescribedAttack = {
  family: 'indiscriminate',
  aim: 'everything',
  budget: 'rate',
  title: 'Slab',
  does: 'A few crafted images, each inserted many times, lie where filters by distance from the class means do not look, and pull the decision boundary.',
  threatModel:
    'The attacker inserts rows with any pixels and label, which displace clean rows that it does not choose. It has the training rows and knows the recipe, and that gradients may be clipped, not the seed.',
  measured: 'All test rows, clean.',
  original: 'Row whose place it takes',
  source: {
    paper: 'Steinhardt, Koh, Liang 2017, Certified defenses for data poisoning attacks',
    url: 'https://arxiv.org/abs/1706.03691',
  },
};
