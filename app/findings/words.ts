import { attackName, budgetsText } from '@/app/ui/words.ts';
import type { BaselineId, DatasetId, ModelId } from '@/lib/contract/ids.ts';
import type { Suite } from '@/lib/contract/suite.ts';
import type { CountedCell } from '@/lib/scoring/cells.ts';

/** What a row is called where its card's name is too long, and where it is not there yet. */
export const shortName: Record<BaselineId, string> = {
  none: 'No defense',
  'dp-sgd': 'DP-SGD, C 1, σ 0.5',
  'clip-only': 'Clipping, C 1',
  'noise-only': 'Noise only',
  'oracle-filter': 'Oracle filter',
  'random-filter': 'Random filter',
  'dp-sgd-c1-s1': 'DP-SGD, C 1, σ 1',
  'dp-sgd-c1-s2': 'DP-SGD, C 1, σ 2',
  'dp-sgd-c0.1-s1': 'DP-SGD, C 0.1, σ 1',
  'clip-only-c0.1': 'Clipping, C 0.1',
  'batch-clip': 'Batch clipping',
  'trimmed-loss': 'Trimmed loss',
  sever: 'SEVER',
  'sphere-slab': 'Sphere and slab',
  'spectral-signatures': 'Spectral signatures',
  'activation-clustering': 'Activation clustering',
  'deep-knn': 'Deep k-NN',
  dpa: 'DPA',
};

/** A cell in a few words: Confidence flip 5 %, lr. */
export function cellName({ scenarios }: Suite, { scenario, budget }: Pick<CountedCell, 'scenario' | 'budget'>): string {
  const { attack, model } = scenarios.find(({ id }) => id === scenario)!;
  return `${attackName[attack]} ${budgetsText([budget], attack)}, ${model}`;
}

/** Which clean run: the model, and the data set where it is not the usual one. */
export const modelOn = ({ dataset, model }: { readonly dataset: DatasetId; readonly model: ModelId }) =>
  `${dataset === 'fashion-mnist' ? '' : `${dataset}, `}${model}`;

export const rateText = (rate: number) => `${Number((100 * rate).toPrecision(3))} %`;

/** One, two and three. */
export function listed(names: readonly string[], and = 'and'): string {
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} ${and} ${names.at(-1)}`;
}

/** Several names with commas of their own. */
export const listedApart = (names: readonly string[]) =>
  names.length < 3 ? names.join(' and ') : `${names.slice(0, -1).join('; ')}; and ${names.at(-1)}`;
