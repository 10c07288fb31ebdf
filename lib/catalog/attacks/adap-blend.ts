import type { DescribedAttack } from './described-attack.ts';

export const adapBlend: DescribedAttack = {
  family: 'adaptive',
  aim: 'triggered',
  budget: 'rate',
  title: 'Adap-Blend',
  does: 'A picture is blended into rows in random parts; half of them are relabeled to the target class and half keep their label, so that the trigger alone does not tell them apart.',
  threatModel:
    'The attacker replaces rows that it does not choose by blended copies of themselves, relabels as many as the budget says and leaves as many their label, and can blend the whole picture into any row at test time. It knows that defenses look for clusters of poison, and neither the model nor the seed.',
  measured: 'Test rows of all classes but the target, with the whole picture.',
  original: 'Clean row',
  source: {
    paper:
      'Qi, Xie, Li, Mahloujifar, Mittal 2023, Revisiting the assumption of latent separability for backdoor defenses',
    url: 'https://openreview.net/forum?id=_wSHsgrVali',
  },
};
