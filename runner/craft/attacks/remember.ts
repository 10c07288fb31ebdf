import type { LabeledSet } from '../../../lib/contract/defense.ts';

/**
 * Keeps the latest result for each data set. The key names all else that the result depends on. The trials of one seed
 * follow each other, and share what takes seconds to make. A set that is let go takes its result with it.
 */
export function rememberLatest<Result>() {
  const results = new WeakMap<LabeledSet, { key: string; result: Promise<Result> }>();
  return (set: LabeledSet, key: string, make: () => Promise<Result>): Promise<Result> => {
    const latest = results.get(set);
    if (latest?.key === key) return latest.result;
    const result = make();
    results.set(set, { key, result });
    return result;
  };
}
