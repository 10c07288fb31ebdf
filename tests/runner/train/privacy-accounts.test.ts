import { describe, expect, it } from 'vitest';
import { BaselineId, privacyAccountOf } from '../../../lib/catalog/baselines/index.ts';
import { coreRecipe } from '../../../lib/catalog/recipes.ts';
import { baselineNamed } from '../../../runner/defenses/index.ts';
import { epsilonOf } from '../../../runner/train/accountant.ts';
import { epsilonBounds } from '../../../runner/train/prv.ts';
import { built } from '../../support/built.ts';

const roundedUp = (value: number) => Math.ceil(100 * value - 1e-9) / 100;

const accounts = BaselineId.options.flatMap((id) => {
  const account = privacyAccountOf(id);
  return account ? account.bounds.map((bound) => ({ id, ...account, ...bound })) : [];
});

describe.each(accounts)(
  'the ε that pages show of $id on $rows rows',
  ({ id, clippingNorm, noiseMultiplier, batchSize, rows, steps, delta, rdp, prv }) => {
    it('is what both accountants say, rounded up', () => {
      const run = { samplingRate: batchSize / rows, noiseMultiplier, steps, delta };
      expect(rdp).toBe(roundedUp(epsilonOf(run).epsilon));
      expect(prv).toBe(roundedUp(epsilonBounds(run).upper));
    });

    it('is of the run that the recipe makes of FashionMNIST, and of the module’s own clipping and noise', () => {
      built();
      expect({ batchSize, steps }).toEqual({
        batchSize: coreRecipe('fashion-mnist').batchSize,
        steps: coreRecipe('fashion-mnist').steps,
      });
      const [, c, sigma] = /clippingNorm: ([\d.]+), noiseMultiplier: ([\d.]+)/.exec(baselineNamed(id).code)!;
      expect([Number(c), Number(sigma)]).toEqual([clippingNorm, noiseMultiplier]);
    });
  },
);
