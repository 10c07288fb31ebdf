import { afterEach, expect, it, vi } from 'vitest';
import { remark, tell, tellJson } from '../../../runner/terminal/tell.ts';

afterEach(() => vi.restoreAllMocks());

/** What is written while it runs. */
function written(stream: 'stdout' | 'stderr', run: () => void): string {
  let text = '';
  vi.spyOn(process[stream], 'write').mockImplementation((chunk) => {
    text += chunk;
    return true;
  });
  run();
  return text;
}

const hostile = '\u001b[2J\u001b]0;pwned\u0007\u001b[31mred\u202e\u009b1m one';

it('what is told steers no terminal, whoever wrote it', () => {
  expect(written('stdout', () => tell(`${hostile}\nand more`))).toBe('red one\nand more\n');
  expect(written('stderr', () => remark(hostile))).toBe('red one\n');
});

it('JSON says the same to a program, and steers no terminal either', () => {
  const value = { name: hostile, tag: '\u{e0041}', list: ['é', 1] };
  const text = written('stdout', () => tellJson(value));
  expect(JSON.parse(text)).toEqual(value);
  expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\u2028\u2029]/u);
  expect(text).toContain('\n  "name": ');
});
