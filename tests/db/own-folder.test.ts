import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { connectTo } from '../../lib/db/client.ts';

it('the embedded database is readable by its own user alone, also one that an older version made', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'antidote-own-'));
  mkdirSync(join(folder, 'db'));
  chmodSync(join(folder, 'db'), 0o755);
  const { close } = await connectTo({ driver: 'pglite', folder });
  expect(statSync(join(folder, 'db')).mode & 0o777).toBe(0o700);
  await close();
  rmSync(folder, { recursive: true, force: true });
});
