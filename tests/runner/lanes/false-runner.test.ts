import { expect, it } from 'vitest';
import { bundleFalseRunner } from '../../support/kill/bundle.ts';

it('the runner of the lane kill, which CI does not run, can be built from the code of today', async () => {
  await expect(bundleFalseRunner()).resolves.toMatch(/\.mjs$/);
});
