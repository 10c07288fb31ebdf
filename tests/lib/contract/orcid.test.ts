import { expect, it } from 'vitest';
import { authorOf, authorsOf, orcidDefect } from '../../../lib/contract/orcid.ts';

it.each([
  ['Ada Lovelace 0000-0002-1825-0097', 'Ada Lovelace', '0000-0002-1825-0097'],
  ['Ada Lovelace, https://orcid.org/0000-0002-1694-233x', 'Ada Lovelace', '0000-0002-1694-233X'],
  ['Ada Lovelace (orcid.org/0000-0002-1825-0097)', 'Ada Lovelace', '0000-0002-1825-0097'],
  ['0000-0002-1825-0097 Ada Lovelace', 'Ada Lovelace', '0000-0002-1825-0097'],
  ['  Ada Lovelace ', 'Ada Lovelace', undefined],
  ['0000-0002-1825-0097', '0000-0002-1825-0097', '0000-0002-1825-0097'],
  ['Ada 0000-0002-1825-00971', 'Ada 0000-0002-1825-00971', undefined],
  ['Ada (ORCID 0000-0002-1825-0097)', 'Ada', '0000-0002-1825-0097'],
  ['Ada [0000-0002-1825-0097]', 'Ada', '0000-0002-1825-0097'],
  ['Ada https://www.orcid.org/0000-0002-1825-0097?lang=en', 'Ada', '0000-0002-1825-0097'],
  ['Ada, 0000-0002-1825-0097, University of Turin', 'Ada, University of Turin', '0000-0002-1825-0097'],
  ['https://orcid.org/0000-0002-1825-0097/', '0000-0002-1825-0097', '0000-0002-1825-0097'],
])('reads %j', (line, name, orcid) => {
  expect(authorOf(line)).toEqual({ name, ...(orcid && { orcid }) });
});

// The examples of ORCID's own documentation of the check digit.
it.each(['0000-0002-1825-0097', '0000-0001-5109-3700', '0000-0002-1694-233X'])('takes %s', (orcid) => {
  expect(orcidDefect({ name: 'Ada', orcid })).toBeNull();
});

it.each([
  [{ name: 'Ada', orcid: '0000-0002-1825-0098' }, /'0000-0002-1825-0098' is no ORCID iD.*would be 7$/],
  [{ name: 'Ada', orcid: '0000-0002-1694-2330' }, /would be X$/],
  [{ name: 'Ada', orcid: '0000-0002-1852-0097' }, /is no ORCID iD/], // two digits that changed places
  [{ name: 'Ada 0000-0002-1825-009' }, /holds no whole ORCID iD: want sixteen digits/],
] as const)('says what is wrong with %j', (author, problem) => {
  expect(orcidDefect(author)).toMatch(problem);
});

it('leaves years in a name alone', () => {
  expect(orcidDefect({ name: 'Team 2024-2025' })).toBeNull();
});

it('takes no time over what is long, be it blanks or beginnings of an address', () => {
  const begin = process.cpuUsage();
  for (const part of [' ', ',', 'https://', '0000-', 'orcid.org/', '['])
    for (const length of [300, 500_000]) authorOf(`a${part.repeat(length / part.length)}b`);
  authorsOf(`${'('.repeat(270)}x 0000-0002-1825-0097\n`.repeat(3500));
  expect(process.cpuUsage(begin).user / 1e6).toBeLessThan(1);
});

it('reads one author a line', () => {
  expect(authorsOf('Ada 0000-0002-1825-0097\n\n Bob \n')).toEqual([
    { name: 'Ada', orcid: '0000-0002-1825-0097' },
    { name: 'Bob' },
  ]);
});
