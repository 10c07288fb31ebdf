/** Why a number of ours is not within its tolerance of the source's, or is missing: one sentence each, by row. */

const noPackage = 'The data set comes in no package and at no address that a program can fetch it from.';
const noCnn = 'That model is not in the registry that this study was run with.';
const weakerSearch =
  'The order is the source’s, and the poison a little weaker: a black-box search of 500 evaluations stands in for its semidefinite program, and more evaluations still gain.';

export const notes: Readonly<Record<string, string>> = {
  'clean.purchase-100.lr': noPackage,
  'clean.purchase-100.mlp-256-256': noPackage,
  'clean.fashion-mnist.cnn': noCnn,
  'slab.0.4.clip-0.1': weakerSearch,
  'slab.0.4.clip-2': weakerSearch,
  'artifact.flips...ratio':
    'Once training stands still the mean gradients of clean rows and poison cancel, so that with r = .4 appended the ratio must be 1/.4, as it is under slab in the source too.',
};
