import { scenarioGroups } from '@/app/ui/board-columns.ts';
import type { Scenario, Suite } from '@/lib/contract/suite.ts';
import type { ComparedEntry } from '@/lib/db/compared.ts';
import { type Compared, comparedWithFirst, type Verdict } from '@/lib/scoring/compare.ts';

/** The others against the first: in the mean of the families, and in each scenario that both have a number for. */
export type Comparison = {
  readonly first: ComparedEntry;
  readonly others: readonly ComparedEntry[];
  readonly mean: readonly Compared[];
  readonly scenarios: readonly {
    readonly family: string;
    readonly scenario: Scenario;
    readonly of: readonly Compared[];
  }[];
};

/** Scenarios are tested together, and so are the means. */
export function comparisonOf(suite: Suite, entries: readonly ComparedEntry[]): Comparison {
  const [first, ...others] = entries;
  if (!first || others.length === 0) throw new RangeError(`comparisonOf: ${entries.length} entries, want two or more`);
  const scenarios = scenarioGroups(suite).flatMap(({ name, scenarios: members }) =>
    members.map((scenario) => ({ family: name, scenario })),
  );
  const told = comparedWithFirst(
    scenarios.map(({ scenario }) => entries.map(({ bySeed }) => bySeed.scenarios.get(scenario.id) ?? null)),
  );
  return {
    first,
    others,
    mean: comparedWithFirst([entries.map(({ bySeed }) => bySeed.mean)])[0]!,
    scenarios: scenarios.map((one, at) => ({ ...one, of: told[at]! })),
  };
}

/** How often one of the others is better than the first, worse, and neither. */
export function countsOf({ scenarios }: Comparison, other: number): Record<Verdict, number> {
  const counts = { better: 0, worse: 0, open: 0 };
  for (const { of } of scenarios) if (of[other]) counts[of[other].verdict]++;
  return counts;
}
