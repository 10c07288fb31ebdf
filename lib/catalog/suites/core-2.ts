import { suiteOf } from '../plans/index.ts';

/** The public draw of plan `core`. The seed is the sha256 of the suite's id. */
export const core2 = suiteOf(
  'core',
  'fashion-mnist',
  '6c3f5f727c1bc7081cb720db3bcb368203d21696e279e91e5793f2fc531c5cea',
  {
    id: 'core-2',
    title: 'Core, second',
    summary:
      'Five families of attacks drawn on FashionMNIST, logistic regression and a small perceptron, ten seeds. Labels and their numbers tell nothing of the attack. The seed is public: a module can re-compute the poison, which a season ends.',
    published: '2026-11-28',
    after: 'smoke-2',
    digest: 'sha256:8408e6f5a723a93c26fd4f563b0b78b74a61fde731ef533078171d51872f8c98',
  },
);
