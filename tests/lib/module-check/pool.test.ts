import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { LanguageId } from '../../../lib/contract/runtime.ts';
import { checkBeside } from '../../../lib/module-check/check-beside.ts';
import { checkText } from '../../../lib/module-check/check-text.ts';
import { CheckPool } from '../../../lib/module-check/pool.ts';

const folder = mkdtempSync(join(tmpdir(), 'antidote-pool-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A thread that does what its text says, in place of one that reads modules. */
const program = join(folder, 'thread.mjs');
writeFileSync(
  program,
  `import { parentPort, threadId } from 'node:worker_threads';
parentPort.on('message', ({ code = 'opens' }) => {
  if (code === 'never ends') for (;;);
  if (code === 'takes all memory') for (const all = []; ; ) all.push(new Array(1000).fill(code));
  if (code === 'fails') throw new Error('a fault of ours');
  const check = { ok: true, kind: 'shape', bytes: threadId, embedsData: false };
  parentPort.postMessage({ check, spent: code === 'breaks its reader' });
});
parentPort.postMessage('ready');`,
);
const limits = { threads: 2, waiting: 3, patienceMs: 60_000, timeoutMs: 1000, heapMb: 32 };
const failureOf = (check: Promise<unknown>) =>
  check.then(
    () => null,
    (error) => [error.code, error.message],
  );

describe('texts are checked in threads', () => {
  it.each([
    ['never ends', ['module-refused', expect.stringContaining('took more than 1 s')]],
    ['takes all memory', ['module-refused', expect.stringContaining('took more than 32 MB of memory')]],
    ['fails', [undefined, 'a fault of ours']],
  ])('a text that %s costs its thread, and the next one is checked', async (text, failure) => {
    const timeoutMs = text === 'never ends' ? limits.timeoutMs : 60_000;
    const pool = new CheckPool(program, { ...limits, threads: 1, timeoutMs });
    const first = await pool.check('x');
    expect(await pool.check('x'), 'in the same thread').toEqual(first);
    expect(await failureOf(pool.check(text))).toEqual(failure);
    const next = await pool.check('x');
    expect(next).toMatchObject({ ok: true });
    expect(next, 'in a new thread').not.toEqual(first);
  });

  it('a text that broke its reader costs its thread and no other text', async () => {
    const pool = new CheckPool(program, { ...limits, threads: 1 });
    const first = await pool.check('breaks its reader');
    expect(first).toMatchObject({ ok: true });
    expect(await pool.check('x'), 'in a new thread').not.toEqual(first);
  });

  it('of many at once so many wait as there is room for, and the others are told when to come again', async () => {
    const pool = new CheckPool(program, limits);
    const ends = await Promise.all(Array.from({ length: 20 }, () => failureOf(pool.check('x'))));
    expect(ends).toEqual([
      ...Array.from({ length: 5 }, () => null),
      ...Array.from({ length: 15 }, () => ['unavailable', expect.stringContaining('try again')]),
    ]);
    const refused = await Promise.all(Array.from({ length: 6 }, () => pool.check('x').catch((error) => error)));
    expect(refused.at(-1)).toMatchObject({ status: 503, headers: { 'retry-after': '5' } });
  });

  it('one that has waited too long is not begun', async () => {
    const pool = new CheckPool(program, { ...limits, threads: 1, patienceMs: 10 });
    const [, late] = await Promise.all([failureOf(pool.check('never ends')), failureOf(pool.check('x'))]);
    expect(late).toEqual(['unavailable', expect.stringContaining('try again')]);
    expect(await pool.check('x')).toMatchObject({ ok: true });
  });

  it('other work goes on while one is checked', async () => {
    const pool = new CheckPool(program, limits);
    let [over, turns] = [false, 0];
    const checking = failureOf(pool.check('never ends')).finally(() => {
      over = true;
    });
    while (!over) {
      await new Promise((next) => setImmediate(next));
      turns++;
    }
    expect(await checking).toEqual(['module-refused', expect.any(String)]);
    expect(turns).toBeGreaterThan(100);
  });
});

const deep = (of: string) => of.repeat(95);
it.each<[string, string, LanguageId?]>([
  ['a defense', 'export default { shape(step) { return step.sum(step.norms().fill(1)); } };'],
  ['no defense', 'export const shape = 1;'],
  ['Python', 'import torch\n'],
  ['deep nesting', `x=${'['.repeat(130_000)}${']'.repeat(130_000)}`],
  ['many statements', `${'a;'.repeat(20_000)}export default { filter(d) {} };`],
  ['a large literal', `export default { filter(d) { return '${'é'.repeat(120_000)}'; } };`],
  ['a defense in Python', 'import numpy as np\ndef filter(train, host):\n    return np.ones(train.n)\n', 'python'],
  ['JavaScript as Python', 'export default { filter(d) { return 1; } };', 'python'],
  ['nesting that Python just bears', `x = ${deep('[(')}1${deep(')]')}\nfilter = print\n`, 'python'],
  ['a large table in Python', `filter = print\nx = [${'1.5, '.repeat(10_000)}]\n`, 'python'],
  ['deep nesting in Python, which breaks the reader here', `x=${'['.repeat(130_000)}`, 'python'],
])('a thread says what the command line says of %s', async (_, code, language = 'javascript') => {
  const told = (check: unknown) => JSON.stringify(check).replace(/\(\d+:\d+\)/, ''); // stacks differ in size
  expect(told(await checkBeside(code, language))).toBe(told(await checkText(code, language)));
});
