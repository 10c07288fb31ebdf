import type { Layer } from '../../contract/defense.ts';

export type DescribedModel = {
  readonly title: string;
  /** Input to output. */
  layers(classes: number): Layer[];
};
