import { afterAll, beforeAll } from 'vitest';
import { type Connection, connectTo } from '../../lib/db/client.ts';

/** An empty database of this test file's own, in memory, with the real migrations; `db()` stands for it. */
export function onPglite(): void {
  let connection: Connection;
  beforeAll(async () => {
    connection = await connectTo({ driver: 'pglite', folder: null });
  });
  afterAll(() => connection?.close());
}
