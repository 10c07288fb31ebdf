import { expect, it } from 'vitest';
import { textDefect } from '../../lib/plain-json.ts';

const nested = (levels: number): unknown => (levels === 0 ? 1 : { a: nested(levels - 1) });

it.each([
  ['a text', 'x\0', 'text: '],
  ['a text in a list in an object', { a: [0, { b: '\ud800' }] }, 'a.1.b: '],
  ['a name', { 'a\0': 1 }, 'body: '],
  ['a name further in', { a: { b: { '\udc00': 1 } } }, 'a.b: '],
  ['a text behind many numbers', [...Array(1000).fill(0), '\0'], '1000: '],
])('says where %s can’t be kept', (_, value, place) => {
  expect(textDefect(value)).toBe(`${place}holds a NUL character or half of a surrogate pair; remove it`);
});

it.each([[null], [0], [''], ['\u{1f600}'], [[]], [{}], [{ a: [1, 'x', null, { b: true }] }], [nested(64)]])(
  'finds nothing wrong with %j',
  (value) => {
    expect(textDefect(value)).toBeNull();
  },
);

it('finds what is nested too deeply, and names it', () => {
  expect(textDefect(nested(65))).toBe(`${Array(64).fill('a').join('.')}: is nested too deeply`);
});
