import type { DescribedAttack } from './described-attack.ts';

export const nearCloneSlab: DescribedAttack = {
  family: 'adaptive',
  aim: 'everything',
  budget: 'rate',
  title: 'Near-clone slab',
  does: 'Every poison row is a mixture of a slab point and a clean row of its label: no two are the same, and each lies among near neighbors of its own label.',
  threatModel:
    'The attacker of the slab, which also knows that the data is cleaned of outliers, by distance from the class means or by neighbors.',
  measured: 'All test rows, clean.',
  original: 'Row whose place it takes',
  source: {
    paper: 'Koh, Steinhardt, Liang 2022, Stronger data poisoning attacks break data sanitization defenses',
    url: 'https://arxiv.org/abs/1811.00741',
  },
};
