import { suiteOf } from '../plans/index.ts';

/** What reference defenses are tuned on. The seed is the sha256 of the suite's id. */
export const tuning2 = suiteOf(
  'tuning',
  'fashion-mnist',
  '4c45384ac2135575f0170e921d418a00d02c876de75002c1589d1f0c575a0d76',
  {
    id: 'tuning-2',
    title: 'Tuning, second',
    summary: 'Six cells drawn on FashionMNIST, three seeds: the parameters of the reference defenses are chosen here.',
    published: '2026-11-28',
    after: null,
    digest: 'sha256:b6ac260db914fa5b47a1e3e9481b244dfabac413c6e1116f7e727fc463488907',
  },
);
