import type { DescribedAttack } from './described-attack.ts';

export const targetInsertion: DescribedAttack = {
  family: 'targeted',
  aim: 'targets',
  budget: 'copies',
  title: 'Target insertion',
  does: 'Copies of each target, a test row, stand in the training set with the label that the attacker wishes for it; in drawn suites each copy is mixed with another row of the target’s class.',
  threatModel:
    'The attacker inserts a number of rows for each target with any label, which displace clean rows that it does not choose. It has the targets’ pixels, up to jitter, and to mix them the clean training rows, but neither the model nor the seed.',
  measured: 'The targets.',
  original: 'Target, a test row',
  source: {
    paper: 'Chen, Liu, Li, Lu, Song 2017, Targeted backdoor attacks on deep learning systems using data poisoning',
    url: 'https://arxiv.org/abs/1712.05526',
  },
};
