import { attackOf } from '../../lib/catalog/attacks/index.ts';
import { classNamesOf } from '../../lib/catalog/datasets/index.ts';
import { coreRecipe } from '../../lib/catalog/recipes.ts';
import { type Draw, type Suite, specOf, trialsOf } from '../../lib/contract/suite.ts';
import { basePath } from './base-file.ts';
import { cellPath } from './cell.ts';
import { drawClasses } from './drawn-rows.ts';
import { hygieneSeeds } from './hygiene.ts';
import { drawRoot, settingOf } from './setting.ts';

/** Which classes of the data set the labels 0, 1, … are, and what they are called. */
function classesOf({ card }: Suite, draw: Draw) {
  const classNames = classNamesOf(draw, card);
  const classes = [...drawClasses(classNames.length, drawRoot(draw).fork('classes'))];
  return { classes, classNames: classes.map((label) => classNames[label]!) };
}

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
    ...(suite.draw && { rules: suite.rules, draw: suite.draw, ...classesOf(suite, suite.draw) }),
    ...(suite.private && { private: true, attacks: suite.attacks }),
    cells: trialsOf(suite)
      .filter((trial) => specOf(suite, trial).attack)
      .map((trial) => ({
        ...trial,
        path: cellPath(trial),
        ...(suite.draw && { base: basePath({ dataset: suite.draw.dataset, seed: trial.seed }) }),
      })),
  };
}
