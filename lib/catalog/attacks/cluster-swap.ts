import type { DescribedAttack } from './described-attack.ts';

export const clusterSwap: DescribedAttack = {
  family: 'subpopulation',
  aim: 'group',
  budget: 'share',
  title: 'Cluster swap',
  does: 'A cluster of one class and the nearest cluster of another exchange labels, as many rows on each side: those kinds of row are lost, and accuracy as a whole hardly moves.',
  threatModel:
    'The attacker relabels a share of the rows of the clusters that it chooses and adds none. It has the training rows, and knows neither the model nor the seed.',
  measured: 'Test rows of the attacked clusters.',
  original: 'Clean row',
  source: {
    paper: 'Jagielski, Severi, Pousette Harger, Oprea 2021, Subpopulation data poisoning attacks',
    url: 'https://arxiv.org/abs/2006.14026',
  },
};
