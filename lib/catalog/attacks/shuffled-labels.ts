import type { DescribedAttack } from './described-attack.ts';

export const shuffledLabels: DescribedAttack = {
  family: 'indiscriminate',
  aim: 'everything',
  budget: 'rate',
  title: 'Shuffled labels',
  does: 'The labels of the rows are shuffled among them, so that pixels say nothing of labels.',
  threatModel:
    'None: an honesty probe of seasons. Nothing can be learned, so a model that is right more often than chance has its knowledge from elsewhere, and its row is flagged.',
  measured: 'All test rows, clean.',
  original: 'Clean row',
  source: {
    paper: 'Zhang, Bengio, Hardt, Recht, Vinyals 2017, Understanding deep learning requires rethinking generalization',
    url: 'https://arxiv.org/abs/1611.03530',
  },
};
