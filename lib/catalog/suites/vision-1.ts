import { suiteOf } from '../plans/index.ts';

/** A draft, for defenses on color images and convolutions. The seed is the sha256 of the suite's id. */
export const vision1 = suiteOf(
  'vision',
  'cifar-10',
  '84d3f3b90cac2e3acaa4d51e32c1dcf0b875e3e00d5cc61f24c01e8ff6d5b772',
  {
    id: 'vision-1',
    title: 'Vision, first',
    summary:
      'The attacks of plan core drawn on CIFAR-10 in color, a convolutional network and a ResNet that needs a GPU. A filter in any language, shape and train in Python.',
    published: '2026-11-30',
    after: null,
    digest: 'sha256:ee6639d8832f07f0e5f0a0875fce74a423f52f1daf15de9180e0ea491496646b',
  },
);
