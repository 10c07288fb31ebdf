import type { DescribedAttack } from './described-attack.ts';

export const sig: DescribedAttack = {
  family: 'backdoor',
  aim: 'triggered',
  budget: 'rate',
  title: 'SIG',
  does: 'A faint wave is laid over rows of the target class, which keep their label: the wave comes to mean the class.',
  threatModel:
    'The attacker changes a share of the training rows, all of the target class, and no label, and can lay the wave over any row at test time. It knows neither the model nor the seed.',
  measured: 'Test rows of all classes but the target, under the wave.',
  original: 'Clean row',
  source: {
    paper:
      'Barni, Kallas, Tondi 2019, A new backdoor attack in CNNs by training set corruption without label poisoning',
    url: 'https://arxiv.org/abs/1902.11237',
  },
};
