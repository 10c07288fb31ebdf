import type { Layer } from '../../contract/defense.ts';

export type DescribedModel = {
  readonly title: string;
  /** PyTorch alone trains it, in hours on a processor. */
  readonly needsGpu?: true;
  /** Input to output. */
  layers(classes: number): Layer[];
};
