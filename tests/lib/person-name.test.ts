import { describe, expect, it } from 'vitest';
import { isOwnName, personDefect, personName } from '../../lib/person-name.ts';

describe('the name of a person', () => {
  it.each([
    ['  Ada\nLovelace ', 'Ada Lovelace'],
    ['a\u001b[31mb\u202ec\0d\u200b', 'abcd'],
    ['\u202e', ''],
    ['x'.repeat(200), 'x'.repeat(80)],
    ['😀'.repeat(100), '😀'.repeat(80)],
    ['half \ud83d', 'half \ufffd'],
  ])('is one plain line of at most 80 whole characters: %j', (text, name) => expect(personName(text)).toBe(name));

  it.each([
    ...['Antidote', 'ANTIDOTE', 'Аntidоte', 'antid0te', 'Anti dote', 'Withdrawn author', 'by Antidote', 'Вy Antidote'],
    ...['anonymous until 2027-03-01', 'Аnonymous until 2027-03-01', 'anonymous-until 2027', '“anonymous until 2027”'],
    ...['anonymousuntil 2027', 'anonymous úntil 2027', 'by anonymous until 2027', 'Anonymous', 'аnоnymоus'],
  ])('is not taken for the site’s own: %s', (name) => expect(isOwnName(name)).toBe(true));

  it.each([
    'Ada Lovelace',
    'Antidote fan',
    'Ann O’Nymous',
    'Anon Smith',
    'Anonymous Collective',
    'By Antidotov',
    '山田太郎',
    '',
  ])('is one’s own otherwise: %s', (name) => expect(isOwnName(name)).toBe(false));

  it.each([
    ['\u2800', 'it holds a character that nobody sees'],
    ['Ada\u3164', 'it holds a character that nobody sees'],
    ['\u115f\u1160', 'it holds a character that nobody sees'],
    [`a${'\u0301\u0300'.repeat(5)}`, 'it stacks more than four marks on one letter'],
    ['Анна', null],
    ['Adа', "'Adа' mixes letters of two scripts; write a word in one"],
    ['', 'a name is wanted'],
    [' \u0301', 'a name is wanted'],
    ['Nguyễn Thị Ánh', null],
    ['王小明 (Wang)', null],
    ['😀', null],
    ['4711', null],
  ])('that people can’t read is told why: %j', (name, defect) => expect(personDefect(name)).toBe(defect));
});
