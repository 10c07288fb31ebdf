import type { DescribedAttack } from './described-attack.ts';

export const labelConsistent: DescribedAttack = {
  family: 'backdoor',
  aim: 'triggered',
  budget: 'rate',
  title: 'Label-consistent',
  does: 'Rows of the target class are changed a little so that a model finds them hard, get a small patch and keep their label, so that the patch is what is left to learn.',
  threatModel:
    'The attacker changes a share of the training rows, all of the target class, and no label, and can stamp any row at test time. It has the training rows and a model of its own fitted to them, not the seed.',
  measured: 'Test rows of all classes but the target, with the patch.',
  original: 'Clean row',
  source: {
    paper: 'Turner, Tsipras, Madry 2019, Label-consistent backdoor attacks',
    url: 'https://arxiv.org/abs/1912.02771',
  },
};
