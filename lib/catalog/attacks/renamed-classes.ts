import type { DescribedAttack } from './described-attack.ts';

export const renamedClasses: DescribedAttack = {
  family: 'indiscriminate',
  aim: 'everything',
  budget: 'rate',
  title: 'Renamed classes',
  does: 'Every row gets the label of another class, class by class, so that whoever learns from the labels knows no class by its own name.',
  threatModel:
    'None: a control. A model that still tells classes by their own names has them from elsewhere than the training set, and its row is flagged.',
  measured: 'All test rows, clean, by their own names.',
  original: 'Clean row',
  source: {
    paper: 'Zhang, Bengio, Hardt, Recht, Vinyals 2017, Understanding deep learning requires rethinking generalization',
    url: 'https://arxiv.org/abs/1611.03530',
  },
};
