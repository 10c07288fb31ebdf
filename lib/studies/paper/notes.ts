/** Why a number of ours is not within its tolerance of the source's, or is missing: one sentence each, by row. */

const noPackage = 'The data set comes in no package and at no address that a program can fetch it from.';
const success =
  'The source names neither the place nor the color of its square, and ours, one pixel away from the corner’s edges, is learned less surely: by the perceptron too, at the source’s own pace.';
const artifact =
  'Our square is learned more slowly than the source’s, so that the gradients of poison stay long, and against those of clean rows, for more epochs.';
const weakerSearch = (evaluations: number) =>
  `A black-box search of ${evaluations} evaluations stands in for the source’s semidefinite program and found weaker poison; more evaluations still gain.`;

export const notes: Readonly<Record<string, string>> = {
  'clean.purchase-100.lr': noPackage,
  'clean.purchase-100.mlp-256-256': noPackage,
  'slab.0.4.clip-0.1': weakerSearch(500),
  'slab.0.4.clip-2': weakerSearch(500),
  'slab.0.2.clip-0.1': weakerSearch(150),
  'slab.0.2.clip-2': weakerSearch(150),
  'artifact.flips...ratio':
    'Once training stands still the mean gradients of clean rows and poison cancel, so that with r = .4 appended the ratio must be 1/.4, as it is under slab in the source too.',
  'artifact.collision.1.1.ratio':
    'In the first epoch the ratio is on its way to that of clean rows to poison rows, and with 10,800 clean rows it starts lower.',
  'artifact.collision.1.1.cosine':
    'The first epoch holds a few batches with poison, and its direction hangs on the initial weights: between five seeds it varies by more than this.',
  'artifact.collision.1.40.ratio':
    'The ratio ends at that of clean rows to poison rows, which is 108 here; the source’s 119 is that of 12,000 rows, so that it seems to have kept all of them.',
  'insertion.1.success': success,
  'insertion.4.success': success,
  ...Object.fromEntries(
    ['1.10.ratio', '1.40.ratio', '1.40.cosine', '4.1.cosine', '4.10.ratio', '4.40.ratio', '4.40.cosine'].map((row) => [
      `artifact.insertion.${row}`,
      artifact,
    ]),
  ),
};

/** The same of the targeted part's claims, by data set and model. */
export const targetedNotes: Readonly<
  Record<
    'fashion-mnist-3-4.lr' | 'purchase-100-like.lr' | 'purchase-100-like.mlp-256-256',
    { readonly one: string | null; readonly many: string | null }
  >
> = {
  'fashion-mnist-3-4.lr': {
    one: 'Two logits do not pin 784 pixels, so that poison with the target’s logits lies elsewhere, and 10,800 rows outvote a single one in a model of 1,570 weights: even of mislabeled copies of the target itself it mostly takes 4 to 20.',
    many: 'Even 100 poisons hit hardly a target that training on does not hit by itself, which leaves nothing for noise to raise.',
  },
  'purchase-100-like.lr': { one: null, many: null },
  'purchase-100-like.mlp-256-256': {
    one: 'One mislabeled copy of the target itself hits each of them without shaping and it takes 4 to 20 of our poison, so that in 256 hidden features it comes less near than the source’s, which hits 77 of 78.',
    many: 'Only the last step is there: up to σ = .025 four poisons do, at .25 not even twenty, and without shaping one target of three needs more than four.',
  },
};
