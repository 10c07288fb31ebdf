import fc from 'fast-check';
import { expect, it } from 'vitest';
import { plainLine, plainText, shownCode } from '../../lib/plain-text.ts';

it.each([
  ['\u001b[31mred\u001b[0m', 'red'],
  ['\u001b]0;title\u0007text', 'text'],
  ['\u001b]8;;http://evil.example\u001b\\link\u001b]8;;\u001b\\', 'link'],
  ['\u009b31mred', '31mred'],
  ['a\r\nb\rc\td', 'a\nb\nc\td'],
  ['abc\u202edef\u2066g\u200b\ufeff', 'abcdefg'],
  ['a\uffffb\ufffec\ufdd0d\u{1ffff}e\ud800f', 'abcdef'],
  ['é 日本 😀 ρ −', 'é 日本 😀 ρ −'],
])('plain text of %j is %j', (text, plain) => {
  expect(plainText(text)).toBe(plain);
});

it('nothing that steers or turns text is left, whatever comes', () => {
  const nasty = fc.constantFrom(
    '\u001b',
    '[',
    ']',
    '31m',
    '\u0007',
    '\u202e',
    '\u2067',
    '\u0000',
    '\u0085',
    '\u061c',
    '\uffff',
    '\ud800',
    'x',
    '\n',
  );
  fc.assert(
    fc.property(
      fc.array(fc.oneof(nasty, fc.string())),
      (parts) => !/(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Noncharacter_Code_Point}]/u.test(plainText(parts.join(''))),
    ),
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(nasty, fc.string())), (parts) => !/[\n\t]|^ | $/.test(plainLine(parts.join('')))),
  );
});

it('what hides code is written out', () => {
  expect(shownCode('if (a\u202e) {\n\treturn;\r\n}\u0000')).toBe('if (a‹U+202E›) {\n\treturn;\n}‹U+0000›');
});
