import { gateOf } from '../catalog/aims.ts';
import { attackOf } from '../catalog/attacks/index.ts';
import { references } from '../catalog/suites/references.ts';
import type { AttackFacts } from '../contract/attack.ts';
import { Backend } from '../contract/ids.ts';
import type { Reference, ReferenceCell } from '../contract/report.ts';
import type { Suite } from '../contract/suite.ts';
import { mean, reachOfMean } from './stats.ts';

/** The suite's undefended numbers on this backend, or null where nobody has computed them. */
export function referenceOf(suite: Suite, backend: Backend): Reference | null {
  return (
    references.find(
      (reference) =>
        reference.suite.id === suite.id &&
        reference.suite.digest === suite.digest &&
        reference.engine.backend === backend,
    ) ?? null
  );
}

/** The same on whichever backend has been computed, the native one first. */
export const anyReferenceOf = (suite: Suite): Reference | null =>
  Backend.options.map((backend) => referenceOf(suite, backend)).find(Boolean) ?? null;

type Cell = ReferenceCell & { readonly counts: boolean };

/** References and suites are frozen, and every page and every score asks for the same cells. */
const known = new WeakMap<Reference, WeakMap<Suite, readonly Cell[]>>();

/**
 * Every cell of the suite with the attack's effect on the undefended model, over the gate seeds alone. A cell bites,
 * and counts, only if the lower end of the one-sided 95 % interval of its effect reaches the gate of its attack's aim.
 * This must hold on every backend that has a reference, so that the rows of all engines are scores of the same cells.
 * Studies of the gate itself may give another gate. A control never counts.
 */
export function cellsOf(
  suite: Suite,
  reference: Reference,
  gate: (attack: AttackFacts) => number = gateOf,
): readonly Cell[] {
  if (gate !== gateOf) return computedCells(suite, reference, gate);
  const ofReference = known.get(reference) ?? new WeakMap<Suite, readonly Cell[]>();
  known.set(reference, ofReference);
  const cells = ofReference.get(suite) ?? computedCells(suite, reference, gate);
  ofReference.set(suite, cells);
  return cells;
}

function computedCells(suite: Suite, reference: Reference, gate: (attack: AttackFacts) => number): Cell[] {
  const others = Backend.options
    .filter((backend) => backend !== reference.engine.backend)
    .flatMap((backend) => referenceOf(suite, backend) ?? []);
  return suite.scenarios.flatMap((scenario) =>
    scenario.budgets.map((budget) => {
      const seeds = gateRuns(suite, reference, scenario.id, budget);
      const effects = effectsOf(seeds);
      const value = mean(effects);
      const reach = reachOfMean(effects, 0.975);
      const bites = [effects, ...others.map((other) => effectsOf(gateRuns(suite, other, scenario.id, budget)))].every(
        (measured) => mean(measured) - reachOfMean(measured, 0.95) >= gate(attackOf(suite, scenario.attack)),
      );
      return {
        scenario: scenario.id,
        budget,
        clean: mean(seeds.map(({ clean }) => clean)),
        attacked: mean(seeds.map(({ attacked }) => attacked)),
        effect: { value, low: value - reach, high: value + reach, n: effects.length },
        bites,
        counts: bites && !scenario.control,
      };
    }),
  );
}

const gateRuns = ({ gateSeeds }: Suite, { cells }: Reference, scenario: string, budget: number) =>
  cells.filter((cell) => cell.scenario === scenario && cell.budget === budget && gateSeeds.includes(cell.seed));

const effectsOf = (runs: readonly { clean: number; attacked: number }[]) =>
  runs.map(({ clean, attacked }) => clean - attacked);
