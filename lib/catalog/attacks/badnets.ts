import type { DescribedAttack } from './described-attack.ts';

export const badnets: DescribedAttack = {
  family: 'backdoor',
  aim: 'triggered',
  budget: 'rate',
  title: 'BadNets',
  does: 'A small patch is stamped on rows drawn at random, which are relabeled to the target class: the patch comes to mean the class.',
  threatModel:
    'The attacker replaces a share of the training rows, which it does not choose, by stamped and relabeled copies of themselves, and can stamp any row at test time. It knows neither the model nor the seed.',
  measured: 'Test rows of all classes but the target, with the patch.',
  original: 'Clean row',
  source: { paper: 'Gu, Dolan-Gavitt, Garg 2017, BadNets', url: 'https://arxiv.org/abs/1708.06733' },
};
