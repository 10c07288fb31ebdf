import type { DescribedDataset } from './described-dataset.ts';

export const emnistLetters: DescribedDataset = {
  classNames: [...'abcdefghijklmnopqrstuvwxyz'],
  coreSteps: 702,
};
