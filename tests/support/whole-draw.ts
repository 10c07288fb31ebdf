import { attackOf } from '../../lib/catalog/attacks/index.ts';
import { type PlanId, suiteOf } from '../../lib/catalog/plans/index.ts';
import { type Suite, specOf, trialsOf } from '../../lib/contract/suite.ts';
import { craft } from '../../runner/craft/craft.ts';
import { leastCleanRows, rowsFor } from '../../runner/craft/drawn-rows.ts';
import { leaksOf, seenTrial } from '../../runner/craft/gates/gates.ts';
import { inspectCell } from '../../runner/craft/gates/inspect-cell.ts';
import { settingOf } from '../../runner/craft/setting.ts';
import { assemble } from '../../runner/craft/trial-data.ts';
import type { Split } from '../../runner/datasets/dataset.ts';

/** The draw of a plan on a data set, of these seeds alone. Copies are as many as n is of 30,000 rows. */
export function drawOf(plan: PlanId, dataset: string, seeds: readonly number[], n = 30_000): Suite {
  const suite = suiteOf(plan, dataset, 'ab'.repeat(32), {
    id: `${plan}-0`,
    title: 'Drawn in a test',
    summary: '',
    published: '2026-11-28',
    after: null,
    digest: `sha256:${'0'.repeat(64)}`,
  });
  const scaled = (budget: number) => Math.max(1, Math.floor((budget * n) / 30_000));
  return {
    ...suite,
    seeds: [...seeds],
    scenarios: suite.scenarios.map((scenario) =>
      attackOf(suite, scenario.attack).budget === 'copies'
        ? { ...scenario, budgets: scenario.budgets.map(scaled) }
        : scenario,
    ),
  };
}

/** What is wrong with the trials of a draw, in sentences, and what the leak lint says of them. */
export async function lookAtDraw(suite: Suite, split: Split, smallestClass: number, most?: number) {
  const wrong: string[] = [];
  const seen: ReturnType<typeof seenTrial>[] = [];
  const inspected: ReturnType<typeof inspectCell>[] = [];
  const n = rowsFor(smallestClass, most);
  for (const trial of trialsOf(suite)) {
    const spec = specOf(suite, trial);
    const setting = settingOf(suite, spec);
    const clean = assemble(split, setting, null);
    const poison = spec.attack && (await craft(suite, trial, split));
    const data = poison ? assemble(split, setting, poison) : clean;
    const name = `${trial.scenario} at ${trial.budget}, seed ${trial.seed}`;
    const own = seenTrial(spec, data, poison);
    seen.push(own);
    if (data.train.n !== n) wrong.push(`${name}: ${data.train.n} rows, want ${n}`);
    if (String(own.counts) !== String(seenTrial(spec, clean, null).counts))
      wrong.push(`${name}: another histogram than the clean run of its seed`);
    const left = new Int32Array(data.train.classes);
    data.train.y.forEach((label, place) => {
      if (data.isPoison[place] === 0) left[label]!++;
    });
    if (poison && poison.index.length < n && Math.min(...left) < leastCleanRows(n))
      wrong.push(`${name}: ${Math.min(...left)} clean rows of a class`);
    if (poison) inspected.push(inspectCell(trial, spec.dataset, clean.train, data));
  }
  return { wrong, leaks: leaksOf(inspected, seen) };
}
