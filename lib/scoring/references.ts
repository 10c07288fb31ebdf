import { gateOf } from '../catalog/aims.ts';
import { attackOf } from '../catalog/attacks/index.ts';
import { suites } from '../catalog/suites/index.ts';
import { references } from '../catalog/suites/references.ts';
import type { AttackFacts } from '../contract/attack.ts';
import { Backend, UsualBackend } from '../contract/ids.ts';
import type { Reference, ReferenceCell } from '../contract/report.ts';
import type { Suite, Trial } from '../contract/suite.ts';
import { mean, reachOfMean } from './stats.ts';
import { biasShare, damageOf, mostByBias } from './version-2/gate.ts';

/** Those of closed seasons, by the digest of the suite; as frozen as the list of the software. */
const ofSeasons = new Map<string, readonly Reference[]>();

/** Makes the undefended numbers of a closed season known to this process. Said again it changes nothing. */
export function learnReferences(own: readonly Reference[]): void {
  for (const { suite } of own) if (!ofSeasons.has(suite.digest)) ofSeasons.set(suite.digest, own);
}

/** The suite's undefended numbers on this backend, or null where nobody has computed them. */
export function referenceOf(suite: Suite, backend: Backend): Reference | null {
  const isAsked = ({ suite: { id, digest }, engine }: Reference) =>
    id === suite.id && digest === suite.digest && engine.backend === backend;
  return references.find(isAsked) ?? ofSeasons.get(suite.digest)?.find(isAsked) ?? null;
}

/** The same on whichever backend has been computed, the native one first. */
export const anyReferenceOf = (suite: Suite): Reference | null =>
  Backend.options.map((backend) => referenceOf(suite, backend)).find(Boolean) ?? null;

/** The suites that score a shape or a train in Python, by id: PyTorch's undefended numbers are known there. */
export const torchSuites = (): string[] => suites.filter((suite) => referenceOf(suite, 'torch')).map(({ id }) => id);

/** Why a defense in Python that trains can't be scored on that suite, in a sentence; or null. */
export function torchProblem(suite: Suite): string | null {
  if (referenceOf(suite, 'torch')) return null;
  return `${suite.id} has no undefended numbers of PyTorch, against which a module in Python that trains is held; it can be held on ${torchSuites().join(' and ')}.`;
}

export type Cell = ReferenceCell & { readonly counts: boolean };

/** References and suites are frozen, and every page and every score asks for the same cells. */
const known = new WeakMap<Reference, WeakMap<Suite, readonly Cell[]>>();

/**
 * Every cell of the suite with the attack's effect on the undefended model, over the gate seeds alone: what the score
 * would count as damage. A cell bites only if the lower end of the one-sided 95 % interval of its effect reaches the
 * gate of its attack's aim. It counts if it bites, is no control, and is not bought by biases (version-2/gate.ts). This
 * must hold on every usual engine that has a reference, so that the rows of all engines are scores of the same cells,
 * and on the row's own. Studies of the gate itself may give another gate.
 */
export function cellsOf(suite: Suite, reference: Reference, gate?: (attack: AttackFacts) => number): readonly Cell[] {
  if (gate) return computedCells(suite, reference, gate);
  const ofReference = known.get(reference) ?? new WeakMap<Suite, readonly Cell[]>();
  known.set(reference, ofReference);
  const cells = ofReference.get(suite) ?? computedCells(suite, reference, (attack) => gateOf(attack, suite.rules));
  ofReference.set(suite, cells);
  return cells;
}

function computedCells(suite: Suite, reference: Reference, gate: (attack: AttackFacts) => number): Cell[] {
  const others = UsualBackend.options
    .filter((backend) => backend !== reference.engine.backend)
    .flatMap((backend) => referenceOf(suite, backend) ?? []);
  return suite.scenarios.flatMap((scenario) =>
    scenario.budgets.map((budget): Cell => {
      const cell = { scenario: scenario.id, budget };
      const runs = gateRuns(suite, reference, cell);
      const effects = effectsOf(suite, reference, cell);
      const value = mean(effects);
      const reach = reachOfMean(effects, 0.975);
      const bites = [effects, ...others.map((other) => effectsOf(suite, other, cell))].every(
        (measured) => mean(measured) - reachOfMean(measured, 0.95) >= gate(attackOf(suite, scenario.attack)),
      );
      const byBias = [reference, ...others].map((one) => biasShare(suite, one, cell));
      return {
        ...cell,
        clean: mean(runs.map(({ clean }) => clean)),
        attacked: mean(runs.map(({ attacked }) => attacked)),
        effect: { value, low: value - reach, high: value + reach, n: effects.length },
        bites,
        ...(byBias[0] !== null && { bias: byBias[0] }),
        counts: bites && !scenario.control && byBias.every((share) => (share ?? 0) <= mostByBias),
      };
    }),
  );
}

const gateRuns = ({ gateSeeds }: Suite, { cells }: Reference, { scenario, budget }: Omit<Trial, 'seed'>) =>
  cells.filter((cell) => cell.scenario === scenario && cell.budget === budget && gateSeeds.includes(cell.seed));

const effectsOf = (suite: Suite, reference: Reference, cell: Omit<Trial, 'seed'>): number[] =>
  suite.rules.scoring === 2
    ? damageOf(suite, reference, cell)
    : gateRuns(suite, reference, cell).map(({ clean, attacked }) => clean - attacked);
