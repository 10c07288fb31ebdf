import { gateOf } from '@/lib/catalog/aims.ts';
import { type AttackId, attackOf } from '@/lib/catalog/attacks/index.ts';
import type { Scenario, Suite } from '@/lib/contract/suite.ts';
import { anyReferenceOf, cellsOf } from '@/lib/scoring/references.ts';

export type Cell = ReturnType<typeof cellsOf>[number];

/**
 * A scenario with the attack, the least effect that counts there, and what it does to the undefended model; no cells
 * where nobody has computed them.
 */
export type Occurrence = { suite: Suite; scenario: Scenario; gate: number; cells: Cell[] };

/** Every scenario with the attack, suite by suite; in each the controls last. */
export function occurrencesOf(attack: AttackId, suites: readonly Suite[]): Occurrence[] {
  return suites.flatMap((suite) => {
    const scenarios = suite.scenarios
      .filter((scenario) => scenario.attack === attack)
      .sort((a, b) => Number(a.control) - Number(b.control));
    const reference = anyReferenceOf(suite);
    const cells = reference && scenarios.length > 0 ? cellsOf(suite, reference) : [];
    return scenarios.map((scenario) => ({
      suite,
      scenario,
      gate: gateOf(attackOf(suite, attack), suite.rules),
      cells: cells.filter((cell) => cell.scenario === scenario.id),
    }));
  });
}

/** Where it does the greatest harm to the undefended model, or null where that is not known. */
export function strongestOf(occurrences: readonly Occurrence[]): { scenario: Scenario; cell: Cell } | null {
  const all = occurrences.flatMap(({ scenario, cells }) => cells.map((cell) => ({ scenario, cell })));
  return all.reduce<(typeof all)[number] | null>(
    (most, one) => (most && most.cell.effect.value >= one.cell.effect.value ? most : one),
    null,
  );
}
