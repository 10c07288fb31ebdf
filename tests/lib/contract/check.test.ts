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

  it.each([
    ['export const d = { filter(rows) { return rows; } };\nexport default d;'],
    ['const d = { filter(rows) { return rows; } };\nexport { d as "default" };'],
    ['export const d = { filter(rows) { return rows; } }, e = 1;\nexport { d as default };'],
  ])('may export it twice, or by a quoted name: %s', (code) =>
    expect(checkModule(code)).toMatchObject({ ok: true, kind: 'filter' }),
  );

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
    ["const fs = require('node:fs');", /imports 'node:fs' with require/],
    ["const later = (name) => require('node:' + name);", /computed name with require/],
    ["import 'node:fs'; const fs = require('x');", /imports 'node:fs';/],
    ["import table from './table.json' with { type: 'json' };", /^imports: .*imports '\.\/table\.json';/],
    ["const table = await import('./table.json', { with: { type: 'json' } });", /^imports: .*table\.json/],
  ])('imports nothing: %s is refused by name', (line, reason) => expect(refused(`${line}\n${shape}`)).toMatch(reason));

  it('may have a require of its own', () =>
    expect(refused(`function require(name) { return name; }\nrequire('x');\n${shape}`)).toBe('accepted'));

  it.each([
    ['import torch\n', /this is Python: import torch\./],
    ['# a filter\nimport numpy as np, torch.nn as nn  # tensors\nx = 1\n', /this is Python: import numpy as np/],
    ['from torch import nn\r\n', /this is Python: from torch import nn/],
    ['def filter(train, host):\n    return [1] * train.n\n', /this is Python: def filter\(train, host\):/],
    ['class Defense(nn.Module):\n    pass\n', /this is Python: class Defense/],
    ['async def train(task):\n    return 1\n', /this is Python: async def train/],
    [`def f(${'x'.repeat(5000)}):\n`, /^.{0,200}$/],
    ['print x\n', /this is Python: print x/],
  ])('in Python is called so: %j', (code, reason) => expect(refused(code)).toMatch(reason));

  it.each([
    ['/* from a page:\nimport torch\n*/\nconst x = ;'],
    ['const text = `\nimport torch\n`;\nconst x = ;'],
    ['print = 3 +;'],
  ])('is not called Python for what it says in a comment or a text: %j', (code) =>
    expect(refused(code)).toMatch(/not valid JavaScript/),
  );

  it.each([
    ['export default { async *filter(d) { yield 1; } };', /filter is a generator/],
    ['export default { *shape(step) { return step; } };', /shape is a generator/],
    ['export default { train: function* () {} };', /train is a generator/],
    ['async function* filter() {}\nexport default { filter };', /filter is a generator/],
    ['const filter = function* () {};\nexport default { filter };', /filter is a generator/],
    ['const d = { async *filter() {} };\nexport { d as default };', /filter is a generator/],
    ['export default { filter: 1 };', /filter is no function/],
    ['export default { shape: class {} };', /shape is no function/],
    ['const train = [];\nexport default { train };', /train is no function/],
  ])('whose method cannot work is refused by name: %s', (code, reason) =>
    expect(refused(code)).toMatch(new RegExp(`^not-a-defense: .*${reason.source}`)),
  );

  it.each([
    ['function filter() {}\nexport default { filter };'],
    ['const make = () => () => 1;\nexport default { filter: make() };'],
    ['const filter = async (d) => d;\nexport default { filter };'],
    ['export async function filter() {}\nexport default { filter };'],
  ])('may hold its method elsewhere: %s', (code) => expect(refused(code)).toBe('accepted'));

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

describe('a text of 256 KiB has its verdict within two seconds of processor time', () => {
  const names = (count: number, before = 'a') => Array.from({ length: count }, (_, at) => before + at.toString(36));
  const times = (part: string, count: number) => part.repeat(count);

  it.each([
    ['many names', `let ${names(25_000, '$')};{var ${names(20_000, '_')}};${shape}`, 'accepted'],
    [
      'many functions',
      names(14_000)
        .map((name) => `function ${name}(){}`)
        .join('') + shape,
      'accepted',
    ],
    [
      'many of them in a block',
      `{${names(14_000)
        .map((name) => `function ${name}(){}`)
        .join('')}}${shape}`,
      'accepted',
    ],
    ['many caught', `try{}catch({${names(20_000)}}){${names(10_000, 'let b').join(';')}}${shape}`, 'accepted'],
    ['many parameters', `function f(${names(30_000)}){}${shape}`, 'accepted'],
    ['many exports', `let a;export{${names(20_000, 'b').map((name) => `a as ${name}`)}};${shape}`, 'accepted'],
    ['many private names', `class A{${names(30_000, '#a').join(';')}}${shape}`, 'accepted'],
    ['many scopes', times('{let a}', 30_000) + shape, 'accepted'],
    [
      'many groups of a pattern',
      `/${names(15_000)
        .map((name) => `(?<${name}>)`)
        .join('|')}/;${shape}`,
      'accepted',
    ],
    ['many escapes in templates', times('x`\\u{`;', 30_000) + shape, 'accepted'],
    ['a long chain', `x=a${times('.b', 120_000)};${shape}`, 'accepted'],
    ['many lines', `${times('\n', 250_000)}@`, /^syntax: .*250001/],
    ['a var in many blocks', `${times('{', 200)}var ${names(30_000)}${times('}', 200)}`, /^syntax: .*250,000 names/],
    ['many names in many blocks', times('{', 2500) + times('a;', 126_000) + times('}', 2500), /^syntax: .*250 scopes/],
    ['many names in 240 blocks', times('{', 240) + times('a;', 126_000) + times('}', 240) + shape, 'accepted'],
    ...['(', '[', '{', '`${', '!', 'a=>', 'a?b:', '1+', 'if(a);else ', 'x=>{', 'class A{[', 'a:'].map(
      (nest): [string, string, RegExp] => [`only ${nest}`, times(nest, Math.floor(262_144 / nest.length)), /^syntax: /],
    ),
    ['parentheses, closed', `${times('(', 130_000)}1${times(')', 130_000)}`, /^syntax: .*nests too deeply/],
    ['arrays, closed', `x=${times('[', 130_000)}${times(']', 130_000)}`, /^syntax: .*nests too deeply/],
    ['groups of a pattern', `x=/${times('(', 130_000)}${times(')', 130_000)}/`, /^syntax: .*nests too deeply/],
  ])('%s', (_, code, verdict) => {
    const begin = process.cpuUsage();
    const found = refused(code);
    const { user, system } = process.cpuUsage(begin);
    if (typeof verdict === 'string') expect(found).toBe(verdict);
    else expect(found).toMatch(verdict);
    expect(found.length).toBeLessThan(400);
    expect((user + system) / 1e6).toBeLessThan(2);
  });
});

it.each([
  'let a; let a;',
  '{ var a; let a; }',
  '{ let a; { var a; } }',
  'const f = 1; function f() {}',
  '{ function f() {} var f; }',
])('a name declared twice is an error as in any other parser: %s', (code) => {
  const others = Array.from({ length: 40 }, (_, at) => `let other${at};`).join('');
  for (const filled of [code, others + code, code.replaceAll('{ ', `{ ${others}`)])
    expect(refused(`${filled}\n${shape}`)).toMatch(/^syntax: .*has already been declared/);
});
