import { beforeAll, describe, expect, test } from 'vitest';
import { tuned, tunedIds } from '../../../lib/catalog/tuning.ts';
import { checkModule } from '../../../lib/contract/check.ts';
import { baselineNamed } from '../../../runner/defenses/index.ts';
import { ownValueOf, variantOf } from '../../../runner/defenses/tuning.ts';
import { built } from '../../support/built.ts';

beforeAll(built);

describe.each(tunedIds)('%s', (id) => {
  test('has three values to try at least, its own among them, and differs from itself in one line', () => {
    const { code, kind } = baselineNamed(id);
    const values: readonly number[] = tuned[id].values;
    const variants = values.map((value) => variantOf(id, value));
    expect(values.length).toBeGreaterThanOrEqual(3);
    expect(variants.filter((variant) => variant === code)).toHaveLength(1);
    expect(variantOf(id, ownValueOf(id))).toBe(code);
    for (const variant of variants) {
      expect(checkModule(variant)).toMatchObject({ ok: true, kind });
      const lines = code.split('\n');
      if (id !== 'dp-sgd')
        // whose steps are modules of their own
        expect(variant.split('\n').filter((line, at) => line !== lines[at]).length).toBeLessThanOrEqual(1);
    }
  });
});
