import { attackOf } from '../../lib/catalog/attacks/index.ts';
import { coreRecipe } from '../../lib/catalog/recipes.ts';
import { type Suite, specOf, trialsOf } from '../../lib/contract/suite.ts';
import { cellPath } from './cell.ts';
import { hygieneSeeds } from './hygiene.ts';
import { settingOf } from './setting.ts';

/**
 * `suite.json`: what the suite is, for programs: its scenarios, recipes, the seeds of jitter and order, and where each
 * cell's poison lies.
 */
export function describeSuite(suite: Suite) {
  const { id, title, summary, seeds, scenarios } = suite;
  const ids = [...new Set(scenarios.map(({ dataset }) => dataset))];
  return {
    format: 'antidote-suite-1',
    id,
    title,
    summary,
    seeds,
    scenarios: scenarios.map((scenario) => ({ ...scenario, source: attackOf(suite, scenario.attack).source })),
    recipes: Object.fromEntries(ids.map((dataset) => [dataset, coreRecipe(dataset)])),
    hygiene: Object.fromEntries(
      ids.map((dataset) => [
        dataset,
        Object.fromEntries(seeds.map((seed) => [seed, hygieneSeeds(settingOf(suite, { dataset, seed }))])),
      ]),
    ),
    ...(suite.private && { private: true, attacks: suite.attacks }),
    cells: trialsOf(suite)
      .filter((trial) => specOf(suite, trial).attack)
      .map((trial) => ({ ...trial, path: cellPath(trial) })),
  };
}
