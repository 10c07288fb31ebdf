import { inspect } from 'node:util';
import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { signInLinks } from '../../drizzle/schema.ts';
import { countRows, db } from '../../lib/db/client.ts';
import { postgresCode } from '../../lib/db/values.ts';
import { onPglite } from '../support/pglite.ts';

onPglite();

describe('an error of the database', () => {
  const secret = 'a-stranger-s-unpublished-code';
  const failing: [string, string, () => Promise<unknown>][] = [
    ['a statement', '22P02', () => countRows(sql`select ${secret}::text::uuid`)],
    [
      'the builder',
      '23505',
      async () => {
        const link = { hash: secret, expiresAt: sql`now()` };
        await (await db()).insert(signInLinks).values([link, link]);
      },
    ],
  ];

  it.each(failing)('holds no parameter, wherever one looks, and keeps its code: of %s', async (_, code, fail) => {
    const error: unknown = await fail().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Error);
    expect(inspect(error, { depth: null, showHidden: true })).not.toContain(secret);
    expect((error as Error).stack).not.toContain(secret);
    expect(postgresCode(error)).toBe(code);
  });
});
