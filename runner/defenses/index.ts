import { readFileSync } from 'node:fs';
import { Card } from '../../lib/contract/card.ts';
import { BaselineId, ControlId, type DefenseKind } from '../../lib/contract/ids.ts';
import { UsageError } from '../errors.ts';
import { distPath } from '../host/dist.ts';
import { described } from './cards.ts';

export type Baseline = {
  readonly id: BaselineId;
  readonly name: string;
  readonly kind: DefenseKind | 'control';
  readonly card: Card;
  /** The module's text as built; of a control the words `control:<id>`. */
  readonly code: string;
};

/** The harness's own defenses, each the reference for a question: the reference table. */
export const baselines: readonly Baseline[] = BaselineId.options.map((id) => ({
  id,
  name: described[id].name,
  kind: described[id].kind,
  card: Card.parse({ authors: [{ name: 'Antidote' }], ...described[id].card }),
  get code() {
    return isControl(id) ? `control:${id}` : readFileSync(distPath('baselines', `${id}.mjs`), 'utf8');
  },
}));

/** Those that `npm start` puts on a fresh board, in order: few, so that its first rows are there in minutes. */
export const firstBaselines = (
  ['none', 'dp-sgd', 'clip-only', 'noise-only', 'oracle-filter', 'random-filter'] as const
).map(baselineNamed);

export function isControl(id: string): id is ControlId {
  return ControlId.safeParse(id).success;
}

/** Throws UsageError with the known names. */
export function baselineNamed(id: string): Baseline {
  const baseline = baselines.find((known) => known.id === id);
  if (!baseline) throw new UsageError(`There is no baseline '${id}'; known: ${BaselineId.options.join(', ')}.`);
  return baseline;
}
