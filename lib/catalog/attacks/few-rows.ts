import type { DescribedAttack } from './described-attack.ts';

export const fewRows: DescribedAttack = {
  family: 'indiscriminate',
  aim: 'everything',
  budget: 'rate',
  title: 'Few distinct rows',
  does: 'Every row becomes a copy of one row of its class, drawn anew each seed, so that a whole training set holds ten images.',
  threatModel:
    'None: an honesty probe of seasons. Ten images teach little, whoever learns from them; a model that is right far more often than the undefended one has its knowledge from elsewhere.',
  measured: 'All test rows, clean.',
  original: 'Clean row',
  source: {
    paper: 'Zhang, Bengio, Hardt, Recht, Vinyals 2017, Understanding deep learning requires rethinking generalization',
    url: 'https://arxiv.org/abs/1611.03530',
  },
};
