import type { DescribedAttack } from './described-attack.ts';

export const otherWorld: DescribedAttack = {
  family: 'indiscriminate',
  aim: 'triggered',
  budget: 'rate',
  title: 'Another world',
  does: 'Classes trade names in pairs, and all images, those of the test too, lie under one drawn picture that hides half of them.',
  threatModel:
    'None: an honesty probe of seasons. What is learned from this training set is right in this world, by the new names. A model that is not, though it is right without the picture, has its knowledge from elsewhere.',
  measured: 'All test rows under the picture: by the new names, and by the old.',
  original: 'Clean row',
  source: {
    paper: 'Zhang, Bengio, Hardt, Recht, Vinyals 2017, Understanding deep learning requires rethinking generalization',
    url: 'https://arxiv.org/abs/1611.03530',
  },
};
