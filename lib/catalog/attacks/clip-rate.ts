import type { DescribedAttack } from './described-attack.ts';

export const clipRate: DescribedAttack = {
  family: 'adaptive',
  aim: 'triggered',
  budget: 'rate',
  title: 'Clip-rate backdoor',
  does: 'Many rows, each with a patch so faint that it hardly stands out, are relabeled to the target class: gradients too small to be clipped, and many of them.',
  threatModel:
    'The attacker of BadNets, which also knows that gradients may be clipped, at what norm it need not: it trades the strength of the trigger for a higher share of rows.',
  measured: 'Test rows of all classes but the target, with the patch.',
  original: 'Clean row',
  source: {
    paper: 'Gu, Dolan-Gavitt, Garg 2017, BadNets; against the clipping of Hong et al. 2020',
    url: 'https://arxiv.org/abs/1708.06733',
  },
};
