import { insert, patchesOfSource, rate, target } from './insertion.ts';
import type { Part } from './part.ts';
import { recipes } from './recipes.ts';

const base = recipes.convolution;
const recipe = recipes.convolutionInsertion;

/** (e) again, on the source's own network, in longer strides than the source's. */
export const convolution: Part<'convolution'> = {
  id: 'convolution',
  datasets: ['fashion-mnist'],
  inputs: { base, recipe, target, rate },
  units: patchesOfSource.map((patch) => ({
    key: `cnn.${patch}.0`,
    make: async (lab) => [await insert(lab, { model: 'cnn', patch, seed: 0 }, { before: base, after: recipe })],
  })),
};
