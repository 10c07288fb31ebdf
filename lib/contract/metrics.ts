import { z } from 'zod';
import type { RowKind } from './ids.ts';

/** The facts of a scored trial that decide which metrics it has. */
export type TrialFacts = {
  /** Whether there is poison. */
  readonly attacked: boolean;
  /** Whether the attacker wants a certain label. */
  readonly wantsLabel: boolean;
  readonly kind: RowKind;
};

/** A number that was measured of a trial. */
type Metric<Schema extends z.ZodType> = {
  /**
   * The number is null where it does not apply, and where the trial was not scored. A metric that is added later has
   * `default(null)`: results that were stored before do not name it.
   */
  readonly schema: Schema;
  readonly applies: (facts: TrialFacts) => 'wanted' | 'may be' | 'none';
  readonly words: string;
  /** A plausible value, of which tests make results. */
  readonly example: NonNullable<z.output<Schema>>;
};
const metric = <Schema extends z.ZodType>(record: Metric<Schema>) => record;

const Share = z.number().min(0).max(1);

/**
 * The accuracy that remains whatever an attacker does with so many training rows. A row put in or taken out counts as
 * one, a replaced row as two. It follows from the votes of an ensemble. It is true only where the members are trained
 * on disjoint parts; the module's sha256 shows that.
 */
export const Certified = z.strictObject({ rows: z.int().nonnegative(), accuracy: Share });
export type Certified = z.infer<typeof Certified>;

const filters = (kind: RowKind) => kind === 'filter' || kind === 'control';

/** What is measured of a trained model. `runner/metrics` says how; its compiler names the metric that it lacks. */
export const metrics = {
  /** The share of the clean test rows given their label. */
  cleanAccuracy: metric({
    schema: Share.nullable(),
    applies: () => 'wanted',
    words: 'clean accuracy',
    example: 0.8,
  }),
  /** The share of the clean test rows given the class that the model gives most of them. */
  commonestClass: metric({
    schema: Share.nullable().default(null),
    applies: () => 'wanted',
    words: 'share of the commonest class',
    example: 0.12,
  }),
  /** By class, the share of its clean test rows given their label. */
  recalls: metric({
    schema: z.array(Share).min(1).max(1000).nullable().default(null),
    applies: () => 'wanted',
    words: 'recall of a class',
    example: [0.9, 0.8, 0.7, 0.9, 0.8, 0.7, 0.9, 0.8, 0.7, 0.9],
  }),
  /**
   * The share of attacked rows given their true label. Of an attack on everything, in a suite by the second rules of
   * hygiene, classes weigh as in the training set of the seed.
   */
  robustAccuracy: metric({
    schema: Share.nullable(),
    applies: ({ attacked }) => (attacked ? 'wanted' : 'none'),
    words: 'robust accuracy',
    example: 0.5,
  }),
  /** The share of attacked rows called as the attacker wants: ASR of a backdoor, TSR of targets. */
  attackSuccess: metric({
    schema: Share.nullable(),
    applies: ({ attacked, wantsLabel }) => (attacked && wantsLabel ? 'wanted' : 'none'),
    words: 'attack success',
    example: 0.4,
  }),
  /**
   * Of a filter and a control: Σ (1 − w) over the poison, by how much poison there is. By the guest's own account of
   * the weights it used.
   */
  filterRecall: metric({
    schema: Share.nullable(),
    applies: ({ attacked, kind }) => (attacked && filters(kind) ? 'wanted' : 'none'),
    words: 'recall',
    example: 0.6,
  }),
  /** The same over the clean rows; null where all rows are poison. */
  filterFalsePositives: metric({
    schema: Share.nullable(),
    applies: ({ attacked, kind }) => (!filters(kind) ? 'none' : attacked ? 'may be' : 'wanted'),
    words: 'false positives',
    example: 0.05,
  }),
  /**
   * Of several sets of weights that vote, on the test rows, for 0, 1, 2, 4, 8, … rows as far as the votes can reach.
   */
  certified: metric({
    schema: z.array(Certified).min(1).max(16).nullable(),
    applies: ({ kind }) => (kind === 'train' ? 'may be' : 'none'),
    words: 'certified accuracy',
    example: [{ rows: 0, accuracy: 0.8 }],
  }),
};

export type MetricId = keyof typeof metrics;
export const metricIds = Object.keys(metrics) as MetricId[];

type Schemas = { readonly [Id in MetricId]: (typeof metrics)[Id]['schema'] };
/** The fields of a trial's result. */
export const metricSchemas = Object.fromEntries(metricIds.map((id) => [id, metrics[id].schema])) as Schemas;
export type Metrics = { [Id in MetricId]: z.output<Schemas[Id]> };

export const noMetrics = Object.fromEntries(metricIds.map((id) => [id, null])) as Record<MetricId, null>;

/** Whether results stored before it was measured do not have it. */
export const isLater = (id: MetricId): boolean => metrics[id].schema.isOptional();
