import { attackName, budgetsText } from '@/app/ui/words.ts';
import { BaselineId, baselines } from '@/lib/catalog/baselines/index.ts';
import type { Suite } from '@/lib/contract/suite.ts';
import type { CountedCell } from '@/lib/scoring/cells.ts';

/** What a row is called where its card's name is too long, and where it is not there yet. */
export const shortName = Object.fromEntries(BaselineId.options.map((id) => [id, baselines[id].shortName])) as Readonly<
  Record<BaselineId, string>
>;

/** A cell in a few words: Confidence flip 5 %, lr. */
export function cellName({ scenarios }: Suite, { scenario, budget }: Pick<CountedCell, 'scenario' | 'budget'>): string {
  const { attack, model } = scenarios.find(({ id }) => id === scenario)!;
  return `${attackName(attack)} ${budgetsText([budget], attack)}, ${model}`;
}

/** Which clean run: the model, and the data set where it is not the usual one. */
export const modelOn = ({ dataset, model }: { readonly dataset: string; readonly model: string }) =>
  `${dataset === 'fashion-mnist' ? '' : `${dataset}, `}${model}`;

export const rateText = (rate: number) => `${Number((100 * rate).toPrecision(3))} %`;

/** One, two and three. */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** Several names with commas of their own. */
export const listedApart = (names: readonly string[]) =>
  names.length < 3 ? names.join(' and ') : `${names.slice(0, -1).join('; ')}; and ${names.at(-1)}`;
