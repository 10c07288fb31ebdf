import { suiteOf } from '../plans/index.ts';

/** What every submission to a drawn suite runs first. The seed is the sha256 of the suite's id. */
export const smoke2 = suiteOf(
  'smoke',
  'fashion-mnist',
  '30c309a93f81de7afbd9341a3a4301c6418eeab271a03e8158f979a0e7baab1c',
  {
    id: 'smoke-2',
    title: 'Smoke, second',
    summary:
      'Seven small scenarios drawn on FashionMNIST, two seeds: does the defense run, and does it do anything at all? Never ranked.',
    published: '2026-11-28',
    after: null,
    digest: 'sha256:640b045247b3075aeda785237fb4368f1e0737ff92897cb24d772fbed1a555f3',
  },
);
