import { z } from 'zod';
import { Slug } from './ids.ts';
import { Scenario } from './suite.ts';

const isDistinct = (values: readonly number[]) => new Set(values).size === values.length;
/** What one machine can build and train: a typing error is told before anything is crafted. */
const most = { seeds: 100, scenarios: 100, budgets: 20, trials: 10_000 };

const Seeds = z
  .array(z.int().nonnegative())
  .max(most.seeds, `want at most ${most.seeds} seeds`)
  .refine(isDistinct, 'want each seed once: a trial that is counted twice is no second one');

const cellCount = (scenarios: readonly { budgets: readonly number[] }[]) =>
  scenarios.reduce((count, { budgets }) => count + budgets.length, 0);

/**
 * A suite of one's own, as its JSON file says it: what it leaves out is that of a published one. It is built and run on
 * one's own machine and is never submitted.
 */
export const PrivateSuite = z
  .strictObject({
    id: Slug,
    title: z.string().max(200).default('A suite of my own'),
    /** The scored seeds. */
    seeds: Seeds.min(1).default([0, 1]),
    /** Those of `suite calibrate` alone, which decides by them whether a cell bites. */
    gateSeeds: Seeds.min(2).default([100, 101, 102, 103, 104, 105, 106, 107, 108, 109]),
    /** The family is the attack's. */
    scenarios: z
      .array(
        Scenario.omit({ family: true })
          .extend({
            id: Slug,
            budgets: Scenario.shape.budgets.max(most.budgets, `want at most ${most.budgets} budgets`),
          })
          .refine(({ budgets }) => isDistinct(budgets), { path: ['budgets'], error: 'want each budget once' }),
      )
      .min(1)
      .max(most.scenarios, `want at most ${most.scenarios} scenarios`),
  })
  .refine(({ seeds, gateSeeds }) => !seeds.some((seed) => gateSeeds.includes(seed)), {
    path: ['gateSeeds'],
    error: 'want none of the scored seeds: whether a cell bites is decided by others',
  })
  .refine(
    ({ seeds, gateSeeds, scenarios }) => cellCount(scenarios) * (seeds.length + gateSeeds.length) <= most.trials,
    {
      path: ['scenarios'],
      error: `want at most ${most.trials} runs: seeds and gate seeds times all budgets`,
    },
  );
export type PrivateSuite = z.infer<typeof PrivateSuite>;
