import { expect, it } from 'vitest';
import { environmentInWords } from '../../../lib/contract/environment-in-words.ts';

const sentence = (variables: Record<string, string>) => {
  try {
    return void environmentInWords(variables);
  } catch (error) {
    return (error as Error).message;
  }
};
const web = 'http:// or https:// and a host is wanted, such as https://antidote.example';

it.each([
  [{ ANTIDOTE_URL: 'localhost:4841' }, `ANTIDOTE_URL is 'localhost:4841': ${web}`],
  [{ ANTIDOTE_URL: 'ftp://x' }, `ANTIDOTE_URL is 'ftp://x': ${web}`],
  [{ NEXTAUTH_URL: 'ftp://ada:secret@x/y' }, `NEXTAUTH_URL is 'ftp://…@x/y': ${web}`],
  [{ ANTIDOTE_URL: 'ada:secret@x' }, `ANTIDOTE_URL is '…@x': ${web}`],
  [{ ANTIDOTE_URL: 'https://ada:sec/ret@x' }, `ANTIDOTE_URL is 'https://…@x': ${web}`],
  [{ PORT: 'http' }, "PORT is 'http': a whole number from 1 to 65535 is wanted"],
  [{ PORT: '70000' }, "PORT is '70000': a whole number from 1 to 65535 is wanted"],
  [{ PORT: '0x50' }, "PORT is '0x50': a whole number from 1 to 65535 is wanted"],
  [{ PORT: '8e1' }, "PORT is '8e1': a whole number from 1 to 65535 is wanted"],
])('what is wanted and what came is said of %o, without a password', (variables, words) =>
  expect(sentence(variables)).toBe(words),
);

it('of the address of a database nothing but its beginning is repeated', () => {
  expect(sentence({ DATABASE_URL: 'mysql://user:secret@host/name' })).toMatch(
    /^DATABASE_URL is 'mysql:\/\/…': postgres/,
  );
  expect(sentence({ POSTGRES_URL: 'user:secret@host/name' })).toMatch(/^POSTGRES_URL: postgres:\/\/ .* is wanted$/);
});

it('right ones are read as they are', () =>
  expect(environmentInWords({ ANTIDOTE_URL: 'https://x.example', PORT: '80' })).toMatchObject({ PORT: 80 }));
