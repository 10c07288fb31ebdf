import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { plainLimits } from '../../../../lib/contract/check.ts';
import { checkText } from '../../../../lib/module-check/check-text.ts';
import { pythonTexts } from '../../../support/python-texts.ts';

const filter = 'def filter(train, host):\n    return [1] * train.n\n';
const verdict = async (code: string) => {
  const check = await checkText(code, 'python');
  return check.ok ? `${check.kind}, ${'runtime' in check ? check.runtime : ''}` : `${check.code}: ${check.message}`;
};

describe('the kind of a module in Python', () => {
  it.each([
    [filter, 'filter, python:numpy'],
    ['def shape(step, host):\n    return step.sum(step.norms())\n', 'shape, python:torch'],
    ['def train(task, host):\n    return {}\n', 'train, python:numpy'],
    ['def train(task, host):\n    return host.fit(task.train)\n', 'train, python:torch'],
    ['import torch\ndef train(task, host): return 1', 'train, python:torch'],
    ['def filter(train, host):\n    import opacus.utils as u\n    return 1', 'filter, python:torch'],
    ['import jax.numpy as jnp\ndef filter(train, host): pass', 'filter, python:jax'],
    ['from __future__ import annotations\nimport sklearn.svm, os\ndef filter(a, b): pass', 'filter, python:numpy'],
    ['import functools\nfilter = functools.partial(print)', 'filter, python:numpy'],
    ['filter = lambda train, host: 1', 'filter, python:numpy'],
    ['filter: object = print', 'filter, python:numpy'],
    ['x = 1; filter = print', 'filter, python:numpy'],
    ['@decorated\ndef filter(a, b): pass', 'filter, python:numpy'],
    ['shape = (28, 28)\ndef filter(a, b): pass', 'filter, python:numpy'],
    ['class Model:\n    def train(self): pass\ndef filter(a, b): pass', 'filter, python:numpy'],
    ['def filter(a, b):\n    def each():\n        yield 1\n    return list(each())', 'filter, python:numpy'],
    ['def filter(a, b):\n    return 1\ndef rows():\n    yield 1', 'filter, python:numpy'],
    ['\ufeffdef filter(a, b): pass', 'filter, python:numpy'],
    ['# coding: utf-8\r\ndef filter(a, b):\r\n\treturn "é"\r\n', 'filter, python:numpy'],
    ['filter = (lambda train, host: 1)', 'filter, python:numpy'],
    ['filter = ((lambda train, host: (train, host)))', 'filter, python:numpy'],
    ['def own(a, b): pass\nfilter = (own)', 'filter, python:numpy'],
    ['train: bool = True\ndef filter(a, b): pass', 'filter, python:numpy'],
    ['shape: tuple = (28, 28)\ndef filter(a, b): pass', 'filter, python:numpy'],
    ['shape = (28, 28),\ndef filter(a, b): pass', 'filter, python:numpy'],
    ['def filter(a, b):\n    later = lambda: (yield)\n    return 1', 'filter, python:numpy'],
    ['def filter(a, b):\n    later = [lambda x, y=(1, 2): (yield x), 3]\n    return 1', 'filter, python:numpy'],
    ['def train(task, h):\n    return h.fit(task.train)', 'train, python:torch'],
    ['def train(task, h: "Host" = None, *rest):\n    return h.model()', 'train, python:torch'],
    ['def filter(rows, host):\n    model = sklearn()\n    model.fit(rows)', 'filter, python:numpy'],
    ['try: import torch\nexcept ImportError: torch = None\ndef filter(a, b): pass', 'filter, python:torch'],
  ])('%j is %s', async (code, kind) => expect(await verdict(code)).toBe(kind));

  it.each([
    [
      '',
      /^not-a-defense: The module has none of the functions; wanted is exactly one function of filter\(train, host\)/,
    ],
    ['x = filter(None, [])', /none of the functions/],
    ['filter: object', /none of the functions/],
    [`${filter}def train(task, host): pass`, /filter \(line 1, column 5\) and train \(line 3, column 5\)/],
    ['filter = 3', /filter \(line 1, column 1\) is no function/],
    ['class filter: pass', /filter \(line 1, column 7\) is a class/],
    ['async def filter(a, b): pass', /filter \(line 1, column 11\) is asynchronous/],
    ['def filter(a, b):\n    if a:\n        yield 1', /filter \(line 1, column 5\) yields/],
    ['def filter(a, b):\n    return [lambda: 1, (yield 2)]', /filter \(line 1, column 5\) yields/],
    ['def filter(a, b): later = lambda: 1; yield later', /filter \(line 1, column 5\) yields/],
    ['filter = ()', /filter \(line 1, column 1\) is no function/],
    ['filter = (print, print)', /filter \(line 1, column 1\) is no function/],
    ['filter: float = (.5)', /filter \(line 1, column 1\) is no function/],
    ['if True:\n    def filter(a, b): pass', /filter \(line 2, column 9\) is not at the top level/],
    ['class A:\n    def filter(self): pass', /filter \(line 2, column 9\) is not at the top level/],
  ])('%j is none', async (code, reason) => expect(await verdict(code)).toMatch(reason));
});

describe('what a module in Python imports', () => {
  it.each([
    [
      'import numpy, requests',
      /^imports: The module imports requests \(line 1, column 15\), which no set of packages has/,
    ],
    ['def f():\n    import torchaudio.models as m', /imports torchaudio \(line 2, column 12\)/],
    [`try: import pandas\nexcept ImportError: pass\n${filter}`, /imports pandas \(line 1, column 13\)/],
    [`if 0: x = 1; from pandas import y\n${filter}`, /imports pandas \(line 1, column 19\)/],
    [`def f(): from .a import b\n${filter}`, /package around it \(line 1, column 15\)/],
    ['from . import x', /imports from a package around it \(line 1, column 6\); a defense is one file/],
    ['from ...a import x', /package around it/],
    ['__import__("requests.sessions")', /imports requests/],
    ['import importlib\nimportlib.import_module("requests")', /imports requests/],
    [
      `import jax\nimport torch\n${filter}`,
      /imports jax \(line 1, column 8\) and imports torch \(line 2, column 8\); no set/,
    ],
    ['import jax\ndef shape(step, host): pass', /imports jax .* and needs torch, with which its host trains/],
  ])('%j is refused with its place', async (code, reason) => expect(await verdict(code)).toMatch(reason));
});

describe('the text of a module in Python', () => {
  it.each([
    [
      'def filter(train, host)\n    pass',
      'syntax: The module is not valid Python (line 1, column 24): Expected `:`, found newline.',
    ],
    ['x = 1\nreturn x', /^syntax: .*\(line 2, column 1\): `return` statement outside of a function/],
    ['if x:\n        y\n\tz', /^syntax: .*line 3/],
    ['x = "é" +', /\(line 1, column 10\)/],
    ['type X = int', /on Python 3\.11/],
    ['def f():\n    print(x)\n    global x', /^syntax: .*line 2, column 11/],
    ['async def f():\n    yield from x', /^syntax: .*line 2/],
    [`x = ${'1_'.repeat(4300)}1`, /\(line 1, column 5\): a decimal number has more than 4,300 digits/],
    ['"""\nconst x = 1;\n"""\nx = (', /^syntax: The module is not valid Python \(line/],
    ['const x = 1;', /this is JavaScript: const x = 1;/],
    ['x = 1\0', 'syntax: The module holds a NUL character; text has none.'],
    ['#!/usr/bin/python\n# -*- coding: latin-1 -*-', /^syntax: .*'latin-1'; modules are UTF-8/],
    ['export default { filter(d) { return 1; } };', /^syntax: .*this is JavaScript: export default .* ends in \.mjs/],
    [`${'x'.repeat(262_145)}`, /^too-large: .*262,145.*262,144/],
  ])('%j is refused', async (code, reason) => expect(await verdict(code)).toMatch(reason));

  const table = (bytes: number) => `${filter}x = "${'ab'.repeat(bytes / 2)}"\n`;
  it.each([
    ['texts and numbers over the limit', table(plainLimits.literals + 2), true],
    ['texts and numbers under it', table(plainLimits.literals - 100), false],
    ['what a function says of itself', `def filter(a, b):\n    """${'ab '.repeat(2000)}"""\n`, false],
  ])('is flagged for %s: %#', async (_, code, embedsData) =>
    expect(await checkText(code, 'python')).toMatchObject({ ok: true, embedsData }),
  );

  const nested = (depth: number) => Array.from({ length: depth }, (_, at) => `${' '.repeat(at)}if x:\n`).join('');
  it.each([
    ['200 brackets', `x = ${'('.repeat(200)}1${')'.repeat(200)}\n${filter}`, 'filter, python:numpy'],
    ['201 brackets', `x = ${'('.repeat(201)}1${')'.repeat(201)}`, /more than 200 brackets within each other \(line 1/],
    ['99 indents', `${nested(99)}${' '.repeat(99)}x\n${filter}`, 'filter, python:numpy'],
    ['100 indents', `${nested(100)}${' '.repeat(100)}x\n`, /more than 99 indents/],
    ['a number of 4,300 digits', `x = ${'1'.repeat(4300)}, 0x${'1'.repeat(5000)}\n${filter}`, 'filter, python:numpy'],
    ['a sum of 900', `x = 1${' + 1'.repeat(900)}\n${filter}`, 'filter, python:numpy'],
    ['a sum of 1,100', `x = 1${' + 1'.repeat(1100)}`, /more than 2,000 names and operators without a comma/],
    ['a flat table', `x = [${'1, '.repeat(80_000)}]\n${filter}`, 'filter, python:numpy'],
    ['40,000 assignments to one value', `${'x='.repeat(40_000)}1`, /names and operators/],
    ['30,000 values in brackets', `${'a=(1)\n'.repeat(30_000)}${filter}`, 'filter, python:numpy'],
    ['20,000 elif', `if x: pass\n${'elif x: pass\n'.repeat(19_000)}`, /more than 1,000 elif/],
  ])('nests as deep as Python bears: %s', async (_, code, reason) => expect(await verdict(code)).toMatch(reason));
});

/** Python 3.11 refuses these and Ruff does not: they fail when the module is loaded. */
const readOtherwise = [
  "f'{*a}'",
  "f'{a:{b:{c}}}'",
  "match x:\n    case f'{x}': pass",
  '*a',
  'x.__debug__ = 1',
  '((a) := 1)',
];

describe('against Python itself', () => {
  const noted = readFileSync(join(import.meta.dirname, '../../../fixtures/python-verdicts.txt'), 'utf8').trim();

  it('every text that Python 3.11 compiles is read, and every other is refused', async () => {
    const wrong: string[] = [];
    for (const [at, text] of pythonTexts.entries()) {
      const check = await checkText(text, 'python');
      const reads = check.ok || check.code === 'not-a-defense' || check.code === 'imports';
      if (reads !== (noted[at] === '1') && !/coding: ?latin/.test(text)) wrong.push(text);
    }
    expect(wrong.sort()).toEqual([...readOtherwise].sort());
  });

  it('the verdicts noted are those of the Python of this machine, where that is 3.11', () => {
    const program = `import json, sys, warnings
warnings.simplefilter('ignore')
def compiles(text):
    try: compile(text.encode(), 'm', 'exec'); return '1'
    except Exception: return '0'
print(''.join(map(compiles, json.load(sys.stdin))) if sys.version_info[:2] == (3, 11) else '')`;
    const { stdout } = spawnSync('python3', ['-c', program], { input: JSON.stringify(pythonTexts), encoding: 'utf8' });
    expect(stdout?.trim() || noted).toBe(noted);
  });
});
