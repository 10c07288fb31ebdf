import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Poison } from '../../../lib/contract/attack.ts';
import { Report } from '../../../lib/contract/report.ts';
import { loadSuite, privateReference, referenceFile } from '../../../runner/craft/private-suite.ts';
import { UsageError } from '../../../runner/errors.ts';
import { distPath, projectDir } from '../../../runner/host/dist.ts';
import { dataPath } from '../../../runner/host/places.ts';
import { rootOf } from '../../../runner/random/rng.ts';
import { built } from '../../support/built.ts';
import { antidote } from '../../support/command-line.ts';
import { craftOn } from '../../support/craft.ts';
import { requires } from '../../support/requires.ts';
import { toyRows } from '../../support/toy.ts';

const examples = join(projectDir, 'runner/craft/attacks/examples');
const text = (name: string) => readFileSync(join(examples, name), 'utf8');

let folder: string;
beforeEach(() => {
  built();
  folder = mkdtempSync(join(tmpdir(), 'antidote-own-'));
  cpSync(examples, folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The example with another text in it, loaded. */
const load = (changes: { suite?: [string, string]; attack?: [string, string] } = {}, attack = true) => {
  const write = (name: string, [from, to]: [string, string]) => {
    expect(text(name)).toContain(from);
    writeFileSync(join(folder, name), text(name).replace(from, to));
  };
  if (changes.suite) write('my-suite.json', changes.suite);
  if (changes.attack) write('my-attack.mjs', changes.attack);
  return loadSuite(join(folder, 'my-suite.json'), attack ? join(folder, 'my-attack.mjs') : null);
};

describe('a suite of one’s own', () => {
  it('has the family of its attacks, and what scoring must know of its own one', async () => {
    const { suite } = await load();
    expect(suite).toMatchObject({ private: true, ranked: false, seeds: [0, 1] });
    expect(suite.scenarios.map(({ family }) => family)).toEqual(['backdoor', 'indiscriminate']);
    expect(suite.attacks).toEqual({ 'white-corner': { family: 'backdoor', aim: 'triggered', budget: 'rate' } });
  });

  it('is kept elsewhere after any change of its file or of its attack', async () => {
    const before = await load();
    expect((await load()).suites).toBe(before.suites);
    expect((await load({ suite: ['0.05', '0.06'] })).suites).not.toBe(before.suites);
    expect((await load({ suite: ['0.05', '0.05'], attack: ['= 255', '= 254'] })).suites).not.toBe(before.suites);
  });

  it.each<[string, Parameters<typeof load>, RegExp]>([
    ['no JSON', [{ suite: ['{\n', '[\n'] }], /my-suite\.json is no JSON: /],
    ['a key that is none', [{ suite: ['"seeds"', '"sedes"'] }], /is no suite: .*sedes/],
    ['the id of a published suite', [{ suite: ['my-suite', 'smoke-1'] }], /'smoke-1' is a published suite/],
    ['a data set that is none', [{ suite: ['fashion-mnist', 'mnist'] }], /no data set 'mnist'; known: fashion-mnist,/],
    ['a model that is none', [{ suite: ['"lr"', '"lrr"'] }], /no model 'lrr'; known: lr,/],
    ['two scenarios of one name', [{ suite: ['label-flip-lr', 'white-corner-lr'] }], /two scenarios are called/],
    [
      'an attack that is none',
      [{ suite: ['"white-corner"', '"corner"'] }],
      /no attack 'corner'; known: white-corner, label-flip/,
    ],
    ['its own attack without its file', [{}, false], /no attack 'white-corner'; known: label-flip.*--attack <file>/],
    [
      'a budget that is none',
      [{ suite: ['0.05', '5'] }],
      /a budget of 5, want a share of the rows above 0 and at most 1\.$/,
    ],
    ['a budget of a listed attack', [{ suite: ['0.2', '2'] }], /scenario label-flip-lr: .*a budget of 2, want a share/],
    [
      'a parameter that is none',
      [{ suite: ['"target"', '"goal"'] }],
      /my-attack\.mjs: want { target: a class }, got {"goal":0}\.$/,
    ],
  ])('with %s is refused in one sentence', async (_, call, words) => {
    const refused = load(...call);
    await expect(refused).rejects.toThrow(UsageError);
    await expect(refused).rejects.toThrow(words);
    await refused.catch(({ message }) => expect(message).not.toContain('\n'));
  });
});

describe('an attack of one’s own', () => {
  it.each<[string, [string, string], RegExp]>([
    ['does not load', ['export default {', 'export default {{'], /my-attack\.mjs: it does not load: /],
    ['has no default export', ['export default', 'export const attack ='], /its default export is no object/],
    ['names no aim', ["aim: 'triggered',", ''], /is no attack: 'aim'/],
    ['names an aim that is none', ["'triggered'", "'all'"], /'aim': .*everything.*triggered/],
    ['has no poison', ['poison({', 'poisons({'], /'poison': want a function/],
    ['has the name of a listed one', ["'white-corner'", "'badnets'"], /'badnets' is the name of a listed attack/],
    ['counts copies, and does not say how many rows', ["budget: 'rate'", "budget: 'copies'"], /needs 'allowance'/],
  ])('that %s is refused in one sentence', async (_, attack, words) => {
    const refused = load({ attack });
    await expect(refused).rejects.toThrow(UsageError);
    await expect(refused).rejects.toThrow(words);
  });

  it.each<[string, Parameters<typeof load>, RegExp]>([
    ['a seed twice', [{ suite: ['[0, 1]', '[0, 0]'] }], /'seeds': want each seed once/],
    ['a scored seed that is the gate’s', [{ suite: ['[0, 1]', '[0, 100]'] }], /'gateSeeds': want none of the scored/],
    ['a budget twice', [{ suite: ['[0.2]', '[0.2, 0.2]'] }], /'scenarios\.1\.budgets': want each budget once/],
    ['a budget of no row', [{ suite: ['[0.2]', '[1e-9]'] }], /label-flip-lr: a budget of 1e-9 allows no row/],
  ])('never counts what is none or counted already: %s', async (_, [changes], words) => {
    await expect(load(changes)).rejects.toThrow(UsageError);
    await expect(load(changes)).rejects.toThrow(words);
  });

  const count = (length: number, first = 0) => JSON.stringify(Array.from({ length }, (_, at) => first + at));
  it.each<[string, [string, string], RegExp]>([
    ['100,000 seeds', ['[0, 1]', count(100_000)], /'seeds': want at most 100 seeds\.$/],
    ['101 budgets', ['[0.2]', count(101, 1)], /'scenarios\.1\.budgets': want at most 20 budgets\.$/],
    ['a name that no folder can have', ['label-flip-lr', 'a'.repeat(300)], /'scenarios\.1\.id': want small letters/],
    [
      'gate seeds without end',
      ['"seeds"', `"gateSeeds": ${count(101, 200)},\n  "seeds"`],
      /'gateSeeds': want at most 100 seeds\.$/,
    ],
  ])('is no larger than one machine can train: %s', async (_, suite, words) => {
    await expect(load({ suite })).rejects.toThrow(UsageError);
    await expect(load({ suite })).rejects.toThrow(words);
  });

  it('has no more runs than one machine can train, however they are spread', async () => {
    const suite = JSON.parse(text('my-suite.json'));
    const [, flip] = suite.scenarios;
    suite.seeds = JSON.parse(count(90));
    suite.scenarios = JSON.parse(count(100)).map((at: number) => ({ ...flip, id: `flip-${at}` }));
    writeFileSync(join(folder, 'my-suite.json'), JSON.stringify(suite));
    await expect(loadSuite(join(folder, 'my-suite.json'), null)).resolves.toBeTruthy();
    suite.seeds.push(90);
    writeFileSync(join(folder, 'my-suite.json'), JSON.stringify(suite));
    await expect(loadSuite(join(folder, 'my-suite.json'), null)).rejects.toThrow(/want at most 10000 runs/);
  });

  it('is read with the mark that some editors put before JSON', async () => {
    writeFileSync(join(folder, 'my-suite.json'), `\ufeff${text('my-suite.json')}`);
    expect((await loadSuite(join(folder, 'my-suite.json'), join(folder, 'my-attack.mjs'))).suite.id).toBe('my-suite');
  });

  it('tells of a listed attack that its data set has no points for as a mistake of the file', async () => {
    const { attackCalled } = await load({ suite: ['"label-flip"', '"slab"'] });
    const crafted = attackCalled('slab').poison({
      ...craftOn(toyRows(60), toyRows(60))(0.1, {}, { rng: rootOf('own') }),
      points: [],
    });
    await expect(crafted).rejects.toThrow(UsageError);
  });

  it.each(['', '{', '[]', 'null'])('has no undefended numbers where their file holds %j', async (damaged) => {
    const { suite, file } = await load();
    writeFileSync(referenceFile(file, 'wasm'), damaged);
    expect(await privateReference(file, suite, 'wasm')).toBeNull();
  });

  it.each([
    ['ends the program', 'process.exit(0)', /my-attack\.mjs: it ended the program/],
    ['waits for what never comes', 'await new Promise(() => {})', /my-attack\.mjs: it ended the program, or waits/],
    ['throws nothing', 'throw undefined', /my-attack\.mjs: it does not load: undefined\.\n$/],
    ['throws when looked at', 'export default new Proxy({}, { get() { throw 1; } })', /is no attack: 1\.\n$/],
  ])('whose attack %s is refused in one sentence, and never taken for built', async (_, code, words) => {
    writeFileSync(join(folder, 'my-attack.mjs'), code);
    const args = ['suite', 'build', './my-suite.json', '--attack', './my-attack.mjs', '--out', './built'];
    const ended = await antidote(args, { ANTIDOTE_DATA: dataPath() }, folder);
    expect(ended).toEqual({ code: 2, out: '', err: expect.stringMatching(words) });
    expect(ended.err.split('\n')).toHaveLength(2);
  });

  it('whose attack leaves a promise unkept ends with 3 and no stack', async () => {
    writeFileSync(
      join(folder, 'my-attack.mjs'),
      "Promise.reject(new Error('too late'));\nawait new Promise((done) => setTimeout(done, 50));\n",
    );
    const args = ['suite', 'build', './my-suite.json', '--attack', './my-attack.mjs', '--out', './built'];
    const ended = await antidote(args, { ANTIDOTE_DATA: dataPath() }, folder);
    expect(ended).toEqual({ code: 3, out: '', err: 'too late\n' });
  });

  it('keeps the rows of the data set, whatever the attack writes into its own', async () => {
    const { attackCalled } = await load({ attack: ['const size', 'clean.x.fill(7); clean.y.fill(0); const size'] });
    const mine = toyRows(60);
    const before = [[...mine.x], [...mine.y]];
    await attackCalled('white-corner').poison(craftOn(mine, mine)(0.1, { target: 0 }, { rng: rootOf('own') }));
    expect([[...mine.x], [...mine.y]]).toEqual(before);
  });

  const rows = toyRows(60);
  const craft = craftOn(rows, rows)(0.1, { target: 0 }, { rng: rootOf('own') });
  const poison = async (attack?: [string, string]): Promise<Poison> =>
    (await load(attack && { attack })).attackCalled('white-corner').poison(craft);

  it('crafts what its file says', async () => expect((await poison()).index).toHaveLength(6));

  it.each<[string, [string, string], RegExp]>([
    [
      'more rows than its budget allows',
      ['budget * clean.n', '2 * budget * clean.n'],
      /12 rows, the budget allows 6\.$/,
    ],
    [
      'no wanted labels under its aim',
      ['new Int32Array(attacked.length).fill(target)', 'null'],
      /its aim is 'triggered', but its poison has no wanted labels/,
    ],
    ['an error of its own', ['const size', "throw new Error('no luck'); const size"], /my-attack\.mjs: no luck\.$/],
  ])('that hands back %s is refused in one sentence', async (_, attack, words) => {
    await expect(poison(attack)).rejects.toThrow(UsageError);
    await expect(poison(attack)).rejects.toThrow(words);
  });
});

describe.runIf(requires('fashion-mnist'))('the example of the docs', () => {
  const run = (line: string, ...more: string[]) => {
    const [npx, name, ...args] = line.split(' ');
    expect([npx, name]).toEqual(['npx', 'antidote']);
    return antidote([...args, ...more], { ANTIDOTE_DATA: dataPath(), ANTIDOTE_BACKEND: 'wasm' }, folder);
  };
  const digest = () => readFileSync(distPath('harness.json'), 'utf8');

  it('runs as printed: P without a calibration, ρ with one; private, and by the same harness', async () => {
    const [build, calibrate, evaluate, ...others] = text('commands.txt').trim().split('\n');
    expect(others).toEqual([]);
    const before = digest();
    expect(await run(build!)).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^sha256:[0-9a-f]{64} {2}\.\/built\n$/),
    });
    const first = await run(evaluate!, '--json', 'first.json');
    expect(first).toMatchObject({ code: 0 });
    expect(first.err).toContain('my-suite is private: this report cannot be submitted.');
    expect(first.err).toContain("'npx antidote suite calibrate ./my-suite.json --attack ./my-attack.mjs'");
    expect(first.err).toContain(
      './my-attack.mjs runs on this machine without a jail: it is your own code, and trusted.',
    );
    expect(await run(calibrate!)).toMatchObject({
      code: 0,
      out: expect.stringContaining('my-suite.reference.wasm.json'),
    });
    const second = await run(evaluate!, '--json', 'second.json');
    expect(second.err).not.toContain('suite calibrate');
    const [without, withOne] = ['first.json', 'second.json'].map((name) =>
      Report.parse(JSON.parse(readFileSync(join(folder, name), 'utf8'))),
    );
    expect(without!.suite.private).toBe(true);
    expect(without!.scores.worst).toBeNull();
    expect(without!.trials.map(({ robustAccuracy }) => robustAccuracy)).toEqual(
      withOne!.trials.map(({ robustAccuracy }) => robustAccuracy),
    );
    expect(withOne!.scores.families.backdoor!.value).toBeGreaterThan(0);
    expect(digest()).toBe(before);
  }, 600_000);
});
