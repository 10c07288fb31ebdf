import { readFileSync } from 'node:fs';
import { Card } from '../../lib/benchmark/card.ts';
import { BaselineId, ControlId, type DefenseKind } from '../../lib/benchmark/ids.ts';
import { distPath } from '../dist.ts';
import { UsageError } from '../errors.ts';

export type Baseline = {
  readonly id: BaselineId;
  readonly name: string;
  readonly kind: DefenseKind | 'control';
  readonly card: Card;
  /** The module's text as built; of a control the words `control:<id>`. */
  readonly code: string;
};

const dpSgdPaper = 'https://arxiv.org/abs/1607.00133';

const described: Record<BaselineId, { name: string; card: Partial<Card> }> = {
  none: { name: 'No defense', card: { description: 'Plain SGD: what every other row is measured against.' } },
  'dp-sgd': {
    name: 'DP-SGD, C 1, σ 0.5',
    card: {
      description:
        'Each example’s whole gradient clipped to norm 1, Gaussian noise of standard deviation 0.5 added to the sum: the exemplar of gradient shaping. On the 60,000 rows of FashionMNIST (q = 256/60,000, 702 steps) ε = 7.89 at δ = 1e-5 by RDP, rows added or removed.',
      paper: dpSgdPaper,
      claims: { epsilon: 7.9, delta: 1e-5 },
    },
  },
  'clip-only': {
    name: 'Clipping only, C 1',
    card: { description: 'DP-SGD without its noise: bounds each example’s pull, and is not private.', paper: dpSgdPaper },
  },
  'noise-only': {
    name: 'Noise only, std 0.5',
    card: { description: 'DP-SGD without its clipping: noise of standard deviation 0.5 on the summed gradient. Not private.', paper: dpSgdPaper },
  },
  'oracle-filter': {
    name: 'Oracle filter',
    card: { description: 'A control that knows the truth: leaves out exactly the poison, and trains on the rest. What a perfect filter would reach.' },
  },
  'random-filter': {
    name: 'Random filter',
    card: { description: 'A control that knows how much poison there is: leaves out as many rows, at random. What a filter must beat.' },
  },
};

/** The harness's own defenses, each the reference for a question. */
export const baselines: readonly Baseline[] = BaselineId.options.map((id) => ({
  id,
  name: described[id].name,
  kind: isControl(id) ? 'control' : 'shape',
  card: Card.parse({ authors: [{ name: 'Antidote' }], ...described[id].card }),
  get code() {
    return isControl(id) ? `control:${id}` : readFileSync(distPath('baselines', `${id}.mjs`), 'utf8');
  },
}));

export function isControl(id: string): id is ControlId {
  return ControlId.safeParse(id).success;
}

/** Throws UsageError with the known names. */
export function baselineNamed(id: string): Baseline {
  const baseline = baselines.find((known) => known.id === id);
  if (!baseline) throw new UsageError(`There is no baseline '${id}'; known: ${BaselineId.options.join(', ')}.`);
  return baseline;
}
