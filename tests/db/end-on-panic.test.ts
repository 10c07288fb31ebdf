import { PGlite } from '@electric-sql/pglite';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { endOnPanic } from '../../lib/db/end-on-panic.ts';

const client = await PGlite.create();
afterAll(() => client.close());

/** PGlite’s own, which then fails as told. */
const failing = vi.fn<() => Error | null>(() => null);
const { execProtocol, execProtocolStream } = client;
const asked = async <Answer>(answer: Promise<Answer>): Promise<Answer> => {
  const error = failing();
  if (error) throw error;
  return answer;
};
client.execProtocol = (...words) => asked(execProtocol.apply(client, words));
client.execProtocolStream = (...words) => asked(execProtocolStream.apply(client, words));
const end = vi.fn();
endOnPanic(client, end);

const failure = (severity: string) => Object.assign(new Error('could not write to file'), { severity, code: '53100' });

describe('a PostgreSQL that has ended within the process', () => {
  it.each([
    ['a panic', failure('PANIC'), 1],
    ['a fatal error', failure('FATAL'), 1],
    ['a fault of WebAssembly', new WebAssembly.RuntimeError('unreachable'), 1],
    ['an error of the query', failure('ERROR'), 0],
  ])('ends the process after %s alone, whatever way it was asked', async (_, error, ends) => {
    for (const ask of [
      () => client.query('select $1::int as n', [1]),
      () => client.exec('select 1'),
      () => client.transaction((within) => within.query('select $1::int as n', [1])),
    ]) {
      end.mockClear();
      failing.mockReturnValueOnce(error);
      await expect(ask()).rejects.toBe(error);
      expect(end).toHaveBeenCalledTimes(ends);
    }
    expect((await client.query('select $1::int as n', [1])).rows).toEqual([{ n: 1 }]);
  });
});
