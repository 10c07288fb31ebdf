import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runsOf, similarity } from '../../lib/similarity.ts';

const example = (name: string) => readFileSync(`runner/defenses/examples/${name}.mjs`, 'utf8');
const filter = example('filter');

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

  it('is small for modules of another kind, and 0 for next to nothing', () => {
    expect(similarity(filter, example('shape'))).toBeLessThan(0.3);
    expect(similarity('a', filter)).toBe(0);
  });
});

it.each([
  ['a comment', '/*'],
  ['a text in backquotes', '`'],
  ['a text in quotes, up to the end of its line', "'"],
  ['a text in double quotes, up to the end of its line', '"'],
])('%s that is not closed is one token, and not tried again from every place in it', (_, mark) => {
  const before = 'if (x > 1) { return y + 2; } ';
  const longer = runsOf(`${before}${mark}${'/*a `'.repeat(1000).replaceAll(mark, '_')}`);
  expect(longer.size - runsOf(before).size).toBeLessThanOrEqual(1);
});
