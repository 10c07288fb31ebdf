import { z } from 'zod';
import type { Draw, Suite } from '../../contract/suite.ts';
import { known } from '../known.ts';
import { cifar10 } from './cifar-10.ts';
import { cifar10Luma } from './cifar-10-luma.ts';
import type { DescribedDataset, Origin } from './described-dataset.ts';
import { emnistLetters } from './emnist-letters.ts';
import { fashionMnist } from './fashion-mnist.ts';
import { fashionMnist34 } from './fashion-mnist-3-4.ts';
import { purchase100 } from './purchase-100.ts';
import { purchase100Like } from './purchase-100-like.ts';

/** Every data set; where its files come from, and how they are read, stands in runner/datasets under the same name. */
const datasets = {
  'fashion-mnist': fashionMnist,
  'fashion-mnist-3-4': fashionMnist34,
  'cifar-10': cifar10,
  'cifar-10-luma': cifar10Luma,
  'emnist-letters': emnistLetters,
  'purchase-100': purchase100,
  'purchase-100-like': purchase100Like,
} satisfies Record<string, DescribedDataset>;

export type DatasetId = keyof typeof datasets;
export const DatasetId = z.enum(Object.keys(datasets) as DatasetId[]);

/** Throws RangeError with the known names. */
export const datasetNamed = (id: string): DescribedDataset => known('data set', datasets, id);

/** The most rows of a training set that is drawn on it, if that is not the usual number. */
export const mostRowsOf = (id: string): number | undefined => {
  const listed = DatasetId.safeParse(id).data;
  return listed && datasetNamed(listed).mostRows;
};

/** What the labels of the data set that a suite is drawn on stand for. */
export const classNamesOf = ({ dataset }: Draw, card: Suite['card']): readonly string[] =>
  card?.classNames ?? datasetNamed(dataset).classNames;

/** Throws RangeError for a data set of which no suite may be drawn, as nobody has said where it comes from. */
export function originOf({ draw, card }: Pick<Suite, 'draw' | 'card'>): Origin {
  if (card) return card;
  const id = draw?.dataset ?? 'fashion-mnist';
  const { origin } = datasetNamed(id);
  if (!origin) throw new RangeError(`data set '${id}' has no origin in lib/catalog/datasets: no suite is drawn on it`);
  return origin;
}
