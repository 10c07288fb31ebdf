import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { LanguageId } from '../../lib/contract/runtime.ts';
import * as compared from '../../lib/similarity.ts';

const example = (name: string) => readFileSync(`runner/defenses/examples/${name}.mjs`, 'utf8');
const filter = example('filter');
const similarity = (a: string, b: string, language: LanguageId = 'javascript') =>
  compared.similarity({ code: a, language }, { code: b, language });

describe('similarity of code', () => {
  it('is 1 for a copy with other names, numbers, comments, texts and spaces', () => {
    const copy = `/* mine */${filter}`
      .replaceAll('train', 'rows')
      .replaceAll(/\b\d+\b/g, '7')
      .replaceAll('\n', '\n\n')
      .replace(/^/, '// a line of words\n');
    expect(similarity(filter, copy)).toBe(1);
    expect(similarity('x = "a" + f(1, 2) * 3', "y = 'b c' + g(4, 5) * 6")).toBe(1);
  });

  it('says how much of the shorter one stands in the other, either way round', () => {
    const longer = `${filter}\n${example('train')}`;
    expect(similarity(filter, longer)).toBe(1);
    expect(similarity(longer, filter)).toBe(1);
  });

  it('takes no code for a comment: // divides in Python, and # begins a name in JavaScript', () => {
    const python = (rest: string) => `def filter(train, host):\n    a = train.n // ${rest}\n    return a\n`;
    expect(similarity(python('1'), python('(b + c) * host.d[e] - f'), 'python')).toBeLessThan(0.9);
    expect(similarity(python('1'), `# ${'x '.repeat(9)}\n${python('2')}`, 'python')).toBe(1);
    const javascript = (rest: string) => `class A { #a = 1; b() { this.#a${rest}; return this.#a + 2; } }`;
    expect(similarity(javascript(' = 3'), javascript(' ? [4, 5].map((x) => x) : 6 * 7 - 8'))).toBeLessThan(0.9);
  });

  it('takes a text over several lines for one token in Python', () => {
    const python = (text: string) => `def filter(train, host):\n    a = f(${text}, 1) + g(2)\n`;
    expect(similarity(python("'''a // b # c\n d e f g h i j'''"), python('"x"'), 'python')).toBe(1);
  });

  it('is small for modules of another kind, and 0 for next to nothing', () => {
    expect(similarity(filter, example('shape'))).toBeLessThan(0.3);
    expect(similarity('a', filter)).toBe(0);
  });
});

it.each(['`', "'", '"', '/*', '//'])('nothing is hidden behind %s in a regular expression', (mark) => {
  const copy = `const q = /[${mark}]/;${filter.replaceAll('\n', ' ').replace(/\/\/.*$/, '')}`;
  const original = filter.replaceAll('\n', ' ').replace(/\/\/.*$/, '');
  expect(similarity(copy, original)).toBeGreaterThan(0.9);
});

it.each([
  ['a text over several lines', "'''"],
  ['a text in quotes, up to the end of its line', "'"],
  ['a text in double quotes, up to the end of its line', '"'],
])('%s that is not closed is one token in Python, and not tried again from every place in it', (_, mark) => {
  const before = 'if x > 1: return y + 2\n';
  const runsOf = (code: string) => compared.runsOf({ code, language: 'python' });
  const longer = runsOf(`${before}${mark}${'_a b '.repeat(1000)}`);
  expect(longer.size - runsOf(before).size).toBeLessThanOrEqual(1);
});
