import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { core1 } from '../../lib/catalog/suites/core-1.ts';
import { core2 } from '../../lib/catalog/suites/core-2.ts';
import { craftSuite } from '../../runner/craft/build.ts';
import { env } from '../../runner/host/env.ts';

/** The small suites are built in the lane full. */
it.each([core1, core2])(
  'suite $id is built again to the digest that it was published with',
  {
    timeout: 3_600_000,
  },
  async (suite) => {
    const folder = await mkdtemp(join(tmpdir(), 'antidote-published-'));
    try {
      expect(await craftSuite(suite, folder, join(env().ANTIDOTE_DATA, 'datasets'), () => {})).toBe(suite.digest);
    } finally {
      await rm(folder, { recursive: true });
    }
  },
);
