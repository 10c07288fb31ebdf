import { z } from 'zod';
import { AttackFacts } from './attack.ts';
import { DatasetCard } from './dataset-card.ts';
import { Family, Sha256, Slug } from './ids.ts';

export const Scenario = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  dataset: Slug,
  model: Slug,
  attack: Slug,
  family: Family,
  /**
   * Shown, and left out of every score: a harmless attack that a defense must not over-react to, or one that tells who
   * holds a model of the data.
   */
  control: z.boolean().default(false),
  /**
   * Of the attack; parsed by the attack's own schema. `budget` is a poison rate or a number of poisons, as the attack
   * says.
   */
  params: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])).default({}),
  budgets: z.array(z.number().positive()).min(1),
});
export type Scenario = z.infer<typeof Scenario>;

/**
 * By which rules a suite's training sets are made (runner/craft/README.md) and its results are scored
 * (lib/scoring/README.md).
 */
export const Rules = z.strictObject({ hygiene: z.literal([1, 2]), scoring: z.literal([1, 2]) });
export type Rules = z.infer<typeof Rules>;

/**
 * From what a suite was drawn: a plan of lib/catalog/plans, a data set, and the seed that all its draws descend from.
 * Whoever knows the seed knows the poison.
 */
export const Draw = z.strictObject({
  plan: Slug,
  dataset: Slug,
  seed: z.string().regex(/^[0-9a-f]{32,64}$/, 'want 32 to 64 hex digits'),
});
export type Draw = z.infer<typeof Draw>;

export const SuiteSchema = z.strictObject({
  id: z.string().regex(/^[a-z]+-\d+$/),
  title: z.string(),
  summary: z.string(),
  /** The day, for citations; frozen like the rest. */
  published: z.iso.date(),
  /** Of how the models are trained; see recipes.ts. */
  recipe: z.literal('core'),
  rules: Rules.default({ hygiene: 1, scoring: 1 }),
  /** None in a suite of hygiene 1, nor in a season before its close. What crafts needs it under hygiene 2. */
  draw: Draw.optional(),
  /** Of a season on a data set of its organizer's own. */
  card: DatasetCard.optional(),
  /** Ranks exist only in a season of a ranked suite. */
  ranked: z.boolean(),
  /** The suite that a submission must have passed, every trial scored, before it is evaluated on this one. */
  after: z.string().nullable().default(null),
  /** The scored seeds. */
  seeds: z.array(z.int().nonnegative()).min(1),
  /** The reference's own seeds, which alone decide whether a cell bites. */
  gateSeeds: z.array(z.int().nonnegative()).min(2),
  scenarios: z.array(Scenario).min(1),
  /** Somebody's own: built and run on their machine, never published or submitted. */
  private: z.literal(true).optional(),
  /** Of a private suite: the attacks of its author's own that its scenarios name. */
  attacks: z.record(Slug, AttackFacts).optional(),
  /** Of the built suite's manifest.json; frozen on publication. */
  digest: Sha256,
});
export type Suite = z.infer<typeof SuiteSchema>;

/**
 * One training run, the unit of science. Budget 0 is the clean run, shared by all scenarios with its dataset and model.
 */
export const Trial = z.strictObject({
  scenario: z.string(),
  budget: z.number().nonnegative(),
  seed: z.int().nonnegative(),
});
export type Trial = z.infer<typeof Trial>;

export const cleanScenario = (scenario: Pick<Scenario, 'dataset' | 'model'>) =>
  `clean-${scenario.dataset}-${scenario.model}`;

/** What a trial trains: its dataset and model, and its attack unless it is a clean run. */
export type TrialSpec = Trial & { dataset: Slug; model: Slug; attack: Scenario | null };

/** The clean run of a data set and model. */
export const cleanTrial = ({ dataset, model }: Pick<Scenario, 'dataset' | 'model'>, seed: number): TrialSpec => ({
  scenario: cleanScenario({ dataset, model }),
  budget: 0,
  seed,
  dataset,
  model,
  attack: null,
});

/** Every trial of the suite, seed by seed; in each seed the clean runs first. */
export function trialsOf(
  suite: Suite,
  seeds: readonly number[] = suite.seeds,
  scenarioIds?: readonly string[],
): Trial[] {
  const chosen = scenarioIds ? suite.scenarios.filter(({ id }) => scenarioIds.includes(id)) : suite.scenarios;
  const clean = [...new Set(chosen.map(cleanScenario))];
  return seeds.flatMap((seed) => [
    ...clean.map((scenario) => ({ scenario, budget: 0, seed })),
    ...chosen.flatMap(({ id, budgets }) => budgets.map((budget) => ({ scenario: id, budget, seed }))),
  ]);
}

/** The trial's dataset, model and attack. Throws RangeError for a trial that is not of this suite. */
export function specOf(suite: Suite, trial: Trial): TrialSpec {
  const attack = suite.scenarios.find(({ id, budgets }) => id === trial.scenario && budgets.includes(trial.budget));
  if (attack) return { ...trial, dataset: attack.dataset, model: attack.model, attack };
  const clean = trial.budget === 0 && suite.scenarios.find((scenario) => cleanScenario(scenario) === trial.scenario);
  if (clean) return { ...trial, dataset: clean.dataset, model: clean.model, attack: null };
  throw new RangeError(`suite ${suite.id} has no trial ${trial.scenario} at budget ${trial.budget}`);
}

/** The number that a board of this suite stands in the order of: the mean of the families, or the worst of them. */
export const rankedBy = ({ rules }: Pick<Suite, 'rules'>): 'mean' | 'worst' => (rules.scoring === 2 ? 'mean' : 'worst');

/** One string for one trial, for maps and logs. */
export const trialKey = ({ scenario, budget, seed }: Trial) => `${scenario} ${budget} ${seed}`;
