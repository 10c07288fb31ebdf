import {
  BaselineId,
  describedBaseline,
  firstBaselines as firstIds,
  isControl,
} from '../../lib/catalog/baselines/index.ts';
import { Card } from '../../lib/contract/card.ts';
import type { DefenseKind } from '../../lib/contract/ids.ts';
import { UsageError } from '../errors.ts';
import { builtModule } from './code.ts';

export type Baseline = {
  readonly id: BaselineId;
  readonly name: string;
  readonly kind: DefenseKind | 'control';
  readonly card: Card;
  /** The module's text as built; of a control the words `control:<id>`. */
  readonly code: string;
};

/** The harness's own defenses, each the reference for a question: the reference table. */
export const baselines: readonly Baseline[] = BaselineId.options.map((id) => {
  const { name, kind, card } = describedBaseline(id);
  return {
    id,
    name,
    kind,
    card: Card.parse({ authors: [{ name: 'Antidote' }], ...card }),
    get code() {
      return isControl(id) ? `control:${id}` : builtModule(id);
    },
  };
});

/** Those that `npm start` puts on a fresh board, in order. */
export const firstBaselines = firstIds.map(baselineNamed);

/** Throws UsageError with the known names. */
export function baselineNamed(id: string): Baseline {
  const baseline = baselines.find((known) => known.id === id);
  if (!baseline) throw new UsageError(`There is no baseline '${id}'; known: ${BaselineId.options.join(', ')}.`);
  return baseline;
}
