import { afterAll, beforeAll, describe } from 'vitest';
import { type Connection, connectTo } from '../../lib/db/client.ts';
import { onPglite } from './pglite.ts';
import { type Server, startPostgres } from './postgres.ts';
import { requires } from './requires.ts';
import { proxyToPostgres } from './ws-proxy.ts';

export type Driver = 'pglite' | 'postgres' | 'vercel';

/**
 * The same tests on each of the three drivers: PGlite in memory, node-postgres on a real server, and @vercel/postgres
 * on it by way of a WebSocket.
 */
export function onEveryDriver(tests: (driver: Driver) => void): void {
  describe('on PGlite', () => {
    onPglite();
    tests('pglite');
  });
  describe.runIf(requires('postgresql')).each(['postgres', 'vercel'] as const)(
    'on PostgreSQL by the driver %s',
    (driver) => {
      onPostgres(driver);
      tests(driver);
    },
  );
}

export function onPostgres(driver: 'postgres' | 'vercel'): void {
  let server: Server;
  let connection: Connection;
  let endProxy: (() => Promise<void>) | undefined;
  beforeAll(async () => {
    server = await startPostgres();
    if (driver === 'vercel') endProxy = await proxyToPostgres(server.port);
    connection = await connectTo({ driver, url: server.url });
  });
  afterAll(async () => {
    await connection?.close();
    await endProxy?.();
    await server?.stop();
  });
}
