import type { DescribedAttack } from './described-attack.ts';

export const badnetsAllToAll: DescribedAttack = {
  family: 'backdoor',
  aim: 'triggered',
  budget: 'rate',
  title: 'BadNets, all to all',
  does: 'A small patch is stamped on rows drawn at random, each of which is relabeled to the class after its own: the patch comes to mean the next class.',
  threatModel:
    'The attacker replaces a share of the training rows, which it does not choose, by stamped and relabeled copies of themselves, and can stamp any row at test time. It knows neither the model nor the seed.',
  measured: 'All test rows, with the patch.',
  original: 'Clean row',
  source: { paper: 'Gu, Dolan-Gavitt, Garg 2017, BadNets', url: 'https://arxiv.org/abs/1708.06733' },
};
