import { afterAll, beforeAll } from 'vitest';
import type { Connection } from '../../lib/db/client.ts';
import { openMigrated } from './migrated.ts';

/** An empty database of this test file's own, in memory, with the real migrations; `db()` stands for it. */
export function onPglite(): void {
  let connection: Connection;
  beforeAll(async () => {
    connection = await openMigrated();
  });
  afterAll(() => connection?.close());
}
