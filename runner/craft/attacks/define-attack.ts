import { wantsLabel } from '../../../lib/catalog/aims.ts';
import { type AttackId, attacks } from '../../../lib/catalog/attacks/index.ts';
import type { AimKind, AttackFacts, Craft, Crafting, Poison } from '../../../lib/contract/attack.ts';
import { budgetDefect, rowsAtRate } from './budget.ts';
import { crowdedClass } from './room.ts';

/**
 * An attack that reads a scenario's own words: parameters and budget are parsed before its code sees them, and what it
 * hands back is checked. Throws RangeError for an impossible budget, and for poison that is no subset of the rows, over
 * its allowance, or mislabeled. For an unknown parameter it throws what the attack's `params` throws.
 */
export type CheckedAttack = {
  allowance(n: number, budget: number, params: unknown): number;
  poison(craft: Craft<unknown>): Promise<Poison>;
};

/** With what the tests of all attacks try it, on a few hundred rows. `spares`: it need not use all of its budget. */
export type Example = { readonly budget: number; readonly params: Record<string, unknown>; readonly spares?: true };

export type DefinedAttack = CheckedAttack & { readonly id: AttackId; readonly example: Example };

/** An attack of the list, where its unit of budget stands. */
export const defineAttack = <Params>(
  id: AttackId,
  { example, ...crafting }: Crafting<Params> & { readonly example: Example },
): DefinedAttack => ({ id, example, ...checkedAttack(id, attacks[id], crafting) });

export function checkedAttack<Params>(
  id: string,
  { budget: unit, aim }: Pick<AttackFacts, 'budget' | 'aim'>,
  { params, largestBudget, allowance = rateOnly(id, unit), poison }: Crafting<Params>,
): CheckedAttack {
  const parse = (budget: number, words: unknown) => {
    const defect = budgetDefect(unit, budget, largestBudget);
    if (defect) throw new RangeError(`attack ${id}: ${defect}`);
    return (params ?? noParams(id)).parse(words) as Params;
  };
  return {
    allowance: (n, budget, words) => allowance(n, budget, parse(budget, words)),
    async poison(craft) {
      const parsed = parse(craft.budget, craft.params);
      const crafted = await poison({ ...craft, params: parsed });
      const defect = defectOf(aim, crafted, craft, allowance(craft.clean.n, craft.budget, parsed));
      if (defect) throw new RangeError(`attack ${id}: ${defect}`);
      return crafted;
    },
  };
}

const rateOnly = (id: string, unit: AttackFacts['budget']) => {
  if (unit !== 'rate') throw new RangeError(`attack ${id}: its budget counts ${unit}, so it needs 'allowance'`);
  return rowsAtRate;
};

const noParams = (id: string) => ({
  parse(words: unknown): unknown {
    const given = Object.keys(words ?? {});
    if (given.length > 0) throw new RangeError(`attack ${id}: it has no parameters, got ${given.join(', ')}`);
    return {};
  },
});

function defectOf(
  kind: AimKind,
  { index, labels, rows, overlay, aim }: Poison,
  { clean, test, room }: Craft<unknown>,
  allowed: number,
): string | null {
  const inside = (values: Int32Array, end: number) => values.every((value) => value >= 0 && value < end);
  if (index.length > allowed) return `${index.length} rows, the budget allows ${allowed}`;
  if (new Set(index).size < index.length || !inside(index, clean.n))
    return 'its rows are not distinct rows of the training set';
  if (labels.length !== index.length || !inside(labels, clean.classes))
    return 'its labels are not one class for each row';
  const crowded = index.length < clean.n ? crowdedClass(room, clean.y, index, labels) : null;
  if (crowded) return crowded;
  if (rows && rows.length * clean.n !== index.length * clean.x.length) return 'its pixels are not those of its rows';
  if (
    overlay &&
    (rows ||
      overlay.pixels.length * clean.n !== clean.classes * clean.x.length ||
      overlay.opacity.length !== overlay.pixels.length)
  )
    return 'its overlay is not one image for each class, without rows of its own';
  if (aim.attacked.length === 0 || !inside(aim.attacked, test.n)) return 'it attacks no rows of the test set';
  if (aim.wanted && (aim.wanted.length !== aim.attacked.length || !inside(aim.wanted, clean.classes)))
    return 'it does not say what it wants of each row';
  if (aim.others && (new Set(aim.others).size < aim.others.length || !inside(aim.others, clean.classes)))
    return 'the other classes of its aim are not distinct classes';
  if ((aim.wanted !== null) !== wantsLabel({ aim: kind }) || (aim.trigger !== null) !== (kind === 'triggered'))
    return `its aim is '${kind}', but its poison has ${aim.wanted ? '' : 'no '}wanted labels and ${aim.trigger ? 'a' : 'no'} trigger`;
  return null;
}
