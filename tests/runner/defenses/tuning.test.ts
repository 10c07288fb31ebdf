import { beforeAll, describe, expect, test } from 'vitest';
import { checkModule } from '../../../lib/contract/check.ts';
import { baselineNamed } from '../../../runner/defenses/index.ts';
import { type TunedId, tuned, variantOf } from '../../../runner/defenses/tuning.ts';
import { built } from '../../support/built.ts';

beforeAll(built);

describe.each(Object.keys(tuned) as TunedId[])('%s', (id) => {
  test('has three values to try, its own among them, and differs in one line', () => {
    const { code, kind } = baselineNamed(id);
    const values: readonly number[] = tuned[id].values;
    const variants = values.map((value) => variantOf(id, value));
    expect(values).toHaveLength(3);
    expect(variants.filter((variant) => variant === code)).toHaveLength(1);
    for (const variant of variants) {
      expect(checkModule(variant)).toMatchObject({ ok: true, kind });
      const lines = code.split('\n');
      expect(variant.split('\n').filter((line, at) => line !== lines[at]).length).toBeLessThanOrEqual(1);
    }
  });
});
