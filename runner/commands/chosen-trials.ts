import type { Suite } from '../../lib/contract/suite.ts';
import { UsageError } from '../errors.ts';

/** The suite's first seeds, so many of them. Throws UsageError where it has fewer. */
export function chosenSeeds({ id, seeds }: Suite, count = seeds.length): number[] {
  if (count > seeds.length) throw new UsageError(`--seeds ${count}: ${id} has ${seeds.length} seeds.`);
  return seeds.slice(0, count);
}

/** Those scenarios, or undefined for all. Throws UsageError with the known ones. */
export function chosenScenarios({ id, scenarios }: Suite, chosen: readonly string[]): readonly string[] | undefined {
  const unknown = chosen.find((wanted) => !scenarios.some((scenario) => scenario.id === wanted));
  if (unknown !== undefined)
    throw new UsageError(
      `There is no scenario '${unknown}' in ${id}; known: ${scenarios.map((scenario) => scenario.id).join(', ')}.`,
    );
  return chosen.length > 0 ? chosen : undefined;
}
