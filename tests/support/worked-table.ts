import type { BaselineId } from '../../lib/catalog/baselines/index.ts';
import type { Reference } from '../../lib/contract/report.ts';
import type { TrialResult } from '../../lib/contract/result.ts';
import { cleanScenario, type Scenario, SuiteSchema } from '../../lib/contract/suite.ts';
import { type Table, tableOf } from '../../lib/studies/findings/table.ts';
import { trial } from './toy-suite.ts';

/** One number for all seeds, or one for each of the ten. */
type BySeed = number | readonly number[];
/** P of each cell, by `<scenario> <budget>`, and the accuracy of every clean run, by `clean`. */
type Shares = Readonly<Record<string, BySeed>>;

export type Worked = {
  scenarios: readonly (Pick<Scenario, 'id' | 'attack' | 'family' | 'model'> & {
    readonly budgets: readonly number[];
  })[];
  /** Clean accuracy is .9 unless `clean` says otherwise, and what is attacked has it too before the attack. */
  undefended: Shares;
  rows: Partial<Record<BaselineId, Shares>>;
  frontier?: readonly { steps: number; shares: Shares }[];
  /** Of a row's trials, on their way into the table. */
  change?: (id: BaselineId, trial: TrialResult) => TrialResult | null;
};

const seeds = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
const gateSeeds = seeds.map((seed) => 100 + seed);
const digest = `sha256:${'0'.repeat(64)}` as const;
const at = (value: BySeed, seed: number) => (typeof value === 'number' ? value : value[seed % 10]!);

/** A table small enough to be worked by hand: ten seeds on FashionMNIST, each number as given. */
export function workedTable({ scenarios, undefended, rows, frontier = [], change = (_, one) => one }: Worked): Table {
  const full = scenarios.map((scenario) => ({ ...scenario, dataset: 'fashion-mnist' }));
  const params = (attack: string) => (attack === 'target-insertion' ? { targets: 20 } : {});
  const suite = SuiteSchema.parse({
    id: 'worked-1',
    title: 'Worked',
    summary: 'Worked by hand.',
    published: '2026-11-26',
    recipe: 'core',
    ranked: true,
    seeds,
    gateSeeds,
    scenarios: full.map((scenario) => ({
      ...scenario,
      budgets: [...scenario.budgets],
      params: params(scenario.attack),
    })),
    digest,
  });
  const clean = 0.9;
  const cells = suite.scenarios.flatMap(({ id, model, budgets }) =>
    budgets.map((budget) => ({ scenario: id, model, budget })),
  );
  const models = [...new Map(suite.scenarios.map((scenario) => [cleanScenario(scenario), scenario])).values()];
  const cleanRuns = (shares: Shares, of: readonly number[]) =>
    models.flatMap(({ dataset, model }) =>
      of.map((seed) => ({ dataset, model, seed, accuracy: at(shares.clean ?? clean, seed) })),
    );
  const reference: Reference = {
    format: 'antidote-reference-1',
    suite: { id: suite.id, digest },
    engine: { backend: 'wasm', version: '0', threads: 1, cpu: 'test', gpu: null },
    harness: { version: '0', digest },
    clean: cleanRuns(undefended, [...seeds, ...gateSeeds]),
    cells: cells.flatMap(({ scenario, budget }) =>
      [...seeds, ...gateSeeds].map((seed) => ({
        scenario,
        budget,
        seed,
        clean,
        attacked: at(undefended[`${scenario} ${budget}`]!, seed),
        accuracy: clean,
        success: null,
      })),
    ),
    frontier: frontier.map(({ steps, shares }) => ({
      steps,
      clean: cleanRuns(shares, seeds),
      cells: cells.flatMap(({ scenario, budget }) =>
        seeds.map((seed) => ({ scenario, budget, seed, attacked: at(shares[`${scenario} ${budget}`]!, seed) })),
      ),
    })),
  };
  const entries = Object.entries(rows).map(([id, shares]) => ({
    id: id as BaselineId,
    submission: '00000000-0000-4000-8000-000000000000',
    about: { control: id === 'oracle-filter' || id === 'random-filter', deterministic: true, embedsData: false },
    trials: seeds
      .flatMap((seed) => [
        ...models.map((one) =>
          trial(cleanScenario(one), 0, seed, at(shares.clean ?? clean, seed), { model: one.model }),
        ),
        ...cells.map(({ scenario, budget, model }) =>
          trial(scenario, budget, seed, at(shares[`${scenario} ${budget}`]!, seed), { model }),
        ),
      ])
      .flatMap((one) => change(id as BaselineId, one) ?? []),
  }));
  return tableOf(suite, reference, entries);
}
