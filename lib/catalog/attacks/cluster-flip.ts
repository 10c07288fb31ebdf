import type { DescribedAttack } from './described-attack.ts';

export const clusterFlip: DescribedAttack = {
  family: 'subpopulation',
  aim: 'group',
  budget: 'cluster',
  title: 'Cluster flip',
  does: 'Rows of one cluster inside a class are inserted under a wrong label, the same for all: that kind of row is lost, and accuracy as a whole hardly moves.',
  threatModel:
    'The attacker inserts rows with any label, displacing rows that it does not choose. It holds as many rows of the cluster as are left clean, and knows neither the model nor the seed.',
  measured: 'Test rows of the attacked cluster.',
  original: 'Row that it copies',
  source: {
    paper: 'Jagielski, Severi, Pousette Harger, Oprea 2021, Subpopulation data poisoning attacks',
    url: 'https://arxiv.org/abs/2006.14026',
  },
};
