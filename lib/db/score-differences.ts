/** A value that is stored and is not what is computed now. */
export type ScoreDifference = {
  submission: string;
  suite: string;
  /** Which value, such as `scores.worst.value`; `row` where nothing is stored. */
  path: string;
  stored: string;
  computed: string;
};

/** Each value that differs; numbers to the last bit. */
export function differing(
  path: string,
  stored: unknown,
  computed: unknown,
): Pick<ScoreDifference, 'path' | 'stored' | 'computed'>[] {
  if (hasParts(stored) && hasParts(computed) && Array.isArray(stored) === Array.isArray(computed))
    return [...new Set([...Object.keys(stored), ...Object.keys(computed)])].flatMap((key) =>
      differing(path ? `${path}.${key}` : key, stored[key], computed[key]),
    );
  const [was, is] = [JSON.stringify(stored) ?? 'nothing', JSON.stringify(computed) ?? 'nothing'];
  return was === is
    ? []
    : [{ path: path || 'row', stored: was, computed: hasParts(computed) && !Array.isArray(computed) ? 'a row' : is }];
}

/** A record, or a list by its places: what the database returns has its keys in another order. */
const hasParts = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
