import { describe, expect, it } from 'vitest';
import { privacyAccounts } from '../../../lib/catalog/privacy.ts';
import { coreRecipe } from '../../../lib/catalog/recipes.ts';
import { baselineNamed } from '../../../runner/defenses/index.ts';
import { epsilonOf } from '../../../runner/train/accountant.ts';
import { epsilonBounds } from '../../../runner/train/prv.ts';
import { built } from '../../support/built.ts';

const roundedUp = (value: number) => Math.ceil(100 * value - 1e-9) / 100;

describe.each(Object.entries(privacyAccounts))(
  'the ε that pages show of %s',
  (id, { clippingNorm, noiseMultiplier, batchSize, rows, steps, delta, rdp, prv }) => {
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
