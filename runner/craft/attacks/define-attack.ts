import type { Attack, Craft, DefinedAttack, Poison } from './attack.ts';

/**
 * An attack for the registry. Parameters and budget are parsed before its own code sees them (zod: a misspelt key is
 * refused), and what it hands back is checked against the contract. Throws RangeError for poison that is no subset of
 * the rows, over its allowance, or mislabeled.
 */
export function defineAttack<Params>({
  id,
  family,
  source,
  budget,
  params,
  allowance,
  poison,
}: Attack<Params>): DefinedAttack {
  return {
    id,
    family,
    source,
    allowance: (n, given, words) => allowance(n, budget.parse(given), params.parse(words)),
    async poison(craft) {
      const parsed: Craft<Params> = {
        ...craft,
        budget: budget.parse(craft.budget),
        params: params.parse(craft.params),
      };
      const crafted = await poison(parsed);
      const defect = defectOf(crafted, craft, allowance(craft.clean.n, parsed.budget, parsed.params));
      if (defect) throw new RangeError(`attack ${id}: ${defect}`);
      return crafted;
    },
  };
}

function defectOf(
  { index, labels, rows, overlay, aim }: Poison,
  { clean, test }: Craft<unknown>,
  allowed: number,
): string | null {
  const inside = (values: Int32Array, end: number) => values.every((value) => value >= 0 && value < end);
  if (index.length > allowed) return `${index.length} rows, the budget allows ${allowed}`;
  if (new Set(index).size < index.length || !inside(index, clean.n))
    return 'its rows are not distinct rows of the training set';
  if (labels.length !== index.length || !inside(labels, clean.classes))
    return 'its labels are not one class for each row';
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
  return null;
}
