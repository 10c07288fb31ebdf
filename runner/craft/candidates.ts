import { z } from 'zod';
import lrOnFashionMnist from '../../lib/catalog/suites/candidates.fashion-mnist.lr.json' with { type: 'json' };
import mlpOnFashionMnist from '../../lib/catalog/suites/candidates.fashion-mnist.mlp-128.json' with { type: 'json' };
import { Slug } from '../../lib/contract/ids.ts';
import { cleanTrial, type Scenario, type Suite } from '../../lib/contract/suite.ts';
import type { Tf } from '../train/tf.ts';
import { type DataDirs, trialData } from './trial-data.ts';
import { trainUndefended, usual } from './undefended.ts';

/**
 * Test rows that every reference model gets right, ascending: where targeted attacks draw their targets. Frozen with
 * the suites that use it.
 */
const Candidates = z.strictObject({
  format: z.literal('antidote-candidates-1'),
  dataset: Slug,
  model: Slug,
  /**
   * Of the reference models. Neither scored nor gate seeds, so that no effect is measured on the models that chose its
   * targets.
   */
  seeds: z.array(z.int()).min(1),
  rows: z.array(z.int().nonnegative()),
});
export type Candidates = z.infer<typeof Candidates>;

const listed: readonly Candidates[] = [lrOnFashionMnist, mlpOnFashionMnist].map((list) => Candidates.parse(list));

/** The candidates for that model, or null where nobody has listed them. */
export function candidatesOf(dataset: string, model: string): Int32Array | null {
  const found = listed.find((list) => list.dataset === dataset && list.model === model);
  return found ? Int32Array.from(found.rows) : null;
}

const candidateSeeds: readonly number[] = Array.from({ length: 10 }, (_, i) => 200 + i);

/**
 * Makes the list: undefended models of ten seeds, each asked for the test rows as jittered at its seed. On wasm, whose
 * bits are the same everywhere.
 */
export async function findCandidates(tf: Tf, suite: Suite, scenario: Scenario, dirs: DataDirs): Promise<Candidates> {
  const { dataset, model } = scenario;
  let rows: number[] | null = null;
  for (const seed of candidateSeeds) {
    const { train, test } = await trialData(suite, cleanTrial(scenario, seed), dirs);
    const predict = await trainUndefended(usual(tf), { dataset, model, seed }, train);
    const called = predict(test);
    rows = (rows ?? [...test.y.keys()]).filter((row) => called[row] === test.y[row]);
  }
  return { format: 'antidote-candidates-1', dataset, model, seeds: [...candidateSeeds], rows: rows ?? [] };
}
