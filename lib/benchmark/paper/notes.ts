/** Why a number of ours is not within its tolerance of the source's, or is missing: one sentence each, by row. */
export const notes: Readonly<Record<string, string>> = {
  'clean.purchase-100.lr': 'The data set comes in no package and at no address that a program can fetch it from.',
  'clean.purchase-100.mlp-256-256': 'The data set comes in no package and at no address that a program can fetch it from.',
};
