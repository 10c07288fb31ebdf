import { describe, expect, it } from 'vitest';
import { environment } from '../../lib/contract/environment.ts';
import { placeOf } from '../../lib/db/client.ts';

const url = 'postgres://user:secret@host/name';

describe('the database', () => {
  it.each([
    [{}, { driver: 'pglite', folder: '.data' }],
    [{ ANTIDOTE_DATA: '/srv/antidote' }, { driver: 'pglite', folder: '/srv/antidote' }],
    [{ DATABASE_URL: url }, { driver: 'postgres', url }],
    [
      { DATABASE_URL: url, VERCEL: '1' },
      { driver: 'vercel', url },
    ],
    [
      { DATABASE_URL: 'postgres://other/x', POSTGRES_URL: url, VERCEL: '1' },
      { driver: 'vercel', url },
    ],
    [{ POSTGRES_URL: url }, { driver: 'pglite', folder: '.data' }],
  ])('%o', (variables, place) => expect(placeOf(environment(variables))).toEqual(place));

  it('is never opened while the site is built', () => {
    expect(() => placeOf(environment({ NEXT_PHASE: 'phase-production-build' }))).toThrow('dynamic');
  });

  it('is never put on a disk that nobody keeps', () => {
    expect(() => placeOf(environment({ VERCEL: '1' }))).toThrow('POSTGRES_URL');
  });

  it('wants an address that says what it is, and does not repeat a password', () => {
    const wrong = () => environment({ DATABASE_URL: 'mysql://user:secret@host/name' });
    expect(wrong).toThrow('DATABASE_URL');
    expect(wrong).not.toThrow('secret');
  });
});
