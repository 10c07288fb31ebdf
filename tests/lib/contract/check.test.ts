import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checkModule } from '../../../lib/contract/check.ts';

const shape = 'export default { shape(step) { return step.sum(step.norms().fill(1)); } };\n';
const refused = (code: string) => {
  const check = checkModule(code);
  return check.ok ? 'accepted' : `${check.code}: ${check.message}`;
};

describe('a module', () => {
  it.each(['filter', 'shape', 'train'])('is of kind %s by the one method it has', (kind) => {
    expect(checkModule(`const help = 1;\nexport default { ${kind}: async () => help, name: 'x' };`)).toMatchObject({
      ok: true,
      kind,
    });
  });

  it('may export the object under a name, as bundlers write it', () => {
    expect(
      checkModule('var defense_default = { shape(step) { return step; } };\nexport { defense_default as default };'),
    ).toMatchObject({
      ok: true,
      kind: 'shape',
    });
    expect(checkModule('const d = { shape(step) { return step; } };\nexport default d;')).toMatchObject({
      ok: true,
      kind: 'shape',
    });
  });

  it('may have 262,144 bytes and not one more, counted in UTF-8', () => {
    const padded = (bytes: number) => `${shape}//${'é'.repeat((bytes - shape.length - 2) / 2)}`;
    expect(checkModule(padded(262_144 - (shape.length % 2)))).toMatchObject({ ok: true });
    expect(refused(`${shape}//${'x'.repeat(262_145 - shape.length - 2)}`)).toMatch(/^too-large: .*262,145.*262,144/);
  });

  it.each([
    ["import fs from 'node:fs';", /imports 'node:fs'/],
    ["export * from 'x';", /imports 'x'/],
    ["export { y } from 'y';", /imports 'y'/],
    ["await import('z');", /imports 'z'/],
    ["const hidden = () => import('a' + 'b');", /computed name/],
  ])('imports nothing: %s is refused by name', (line, reason) => expect(refused(`${line}\n${shape}`)).toMatch(reason));

  it.each([
    ['export default { filter( { };', /^syntax: .*\(1:\d+\)/],
    ['export const shape = 1;', /no default export/],
    ['export default class { shape() {} };', /no object literal/],
    ['export default { shape() {}, filter() {} };', /filter and shape/],
    ['export default { defend() {} };', /none of the methods/],
    ['export default { get shape() { return 1; } };', /none of the methods/],
    ["export default { ['shape']: () => 1 };", /none of the methods/],
  ])('that is no defense is refused with a sentence: %s', (code, reason) => expect(refused(code)).toMatch(reason));
});

describe('embedded data', () => {
  const embeds = (lines: string) => {
    const check = checkModule(`${lines}\n${shape}`);
    return check.ok && check.embedsData;
  };
  /** A name of six bits a character that are as good as random. */
  const noise = (length: number) =>
    createHash('shake256', { outputLength: length })
      .update('noise')
      .digest()
      .reduce((name, byte) => name + digits[byte & 63], '');
  const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyzABCDEFGHIJKL';
  const [text, number] = ['a'.repeat(100), '0.12345678'];

  it.each([
    ['one long text', `const data = '${'a'.repeat(4200)}';`],
    ['many short ones', `const data = [${Array.from({ length: 45 }, () => `'${text}'`).join(', ')}];`],
    ['a table of numbers', `const data = [${Array.from({ length: 500 }, () => number).join(', ')}];`],
    ['a template', `const data = \`${'a'.repeat(4200)}\`;`],
    ['a pattern', `const data = /${'a'.repeat(4200)}/.source;`],
    ['characters of several bytes', `const data = '${'é'.repeat(2200)}';`],
    ['a long name that no compressor shortens', `const name = Object.keys({ ${noise(12_000)}: 0 });`],
    ['a comment of the same', `function read() { /* ${noise(12_000)} */ }`],
    ['short names of the same', `const names = Object.keys({ ${noise(12_000).match(/.{6}/g)!.join(': 0, ')}: 0 });`],
    ['a long source, be it a comment', `//${'x'.repeat(65_536)}`],
  ])('is %s', (_, lines) => expect(embeds(lines)).toBe(true));

  it.each([
    ['a name of 6,000 characters', `const name = Object.keys({ ${noise(6000)}: 0 });`],
    ['a text of 4,000 bytes', `const data = '${'a'.repeat(4000)}';`],
    [
      'long code of short literals',
      Array.from({ length: 900 }, (_, at) => `function f${at}(argument) { return argument * 2 + 1; }`).join('\n'),
    ],
  ])('is not %s', (_, lines) => expect(embeds(lines)).toBe(false));
});
