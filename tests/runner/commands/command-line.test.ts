import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { pythonCommands } from '../../../app/docs/python-commands.ts';
import { dumpFormat } from '../../../lib/contract/dump.ts';
import { distPath } from '../../../runner/host/dist.ts';
import { antidote } from '../../support/command-line.ts';
import { serve } from '../../support/http-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'antidote-cli-'));
const file = (name: string, content: string | Uint8Array) => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
const shape = 'export default { shape: (step) => step.sum(new Float32Array(step.size).fill(1)) };\n';
const oneSentence = (text: string) => text.trim().split('\n').length === 1 && !/\n\s+at /.test(text);

describe('the command line', () => {
  it.each([
    [
      'an unknown command',
      ['nope'],
      /^There is no command 'nope'\. Usage: npx antidote <command>.* lists the commands\.\n$/,
    ],
    ['an unknown command of a group', ['season', 'opne'], /'opne'; did you mean open\? Usage: npx antidote season </],
    [
      'an unknown option',
      ['doctor', '--nope'],
      /'--nope'\. Usage: npx antidote doctor \[options\]; '.* doctor --help'/,
    ],
    ['an option that is misspelt', ['doctor', '--jsno'], /'--jsno'; did you mean --json\? Usage/],
    [
      'too many arguments',
      ['suite', 'build', 'a', 'b', '--out', 'c'],
      /: 'b'\. Usage: .* suite build <suite> --out <dir> \[/,
    ],
    [
      'a row that is none',
      ['verify', 'nope', '--suite', 'smoke-2'],
      /'nope' is no id of a submission, .*: none, dp-sgd/,
    ],
    [
      'a runner that is none',
      ['season', 'copy', '2026-12', '--runner', 'a', '--out', 'b'],
      /'a' .*; the page \/runners/,
    ],
    [
      'a note that is too long',
      ['season', 'open', '--plan', 'core', '--dataset', 'emnist-letters', '--note', 'x'.repeat(301)],
      /^--note: at most 300 characters; it has 301\.\n$/,
    ],
    ['a missing argument', ['snapshot'], /^Argument <suite> is missing\. Usage: npx antidote snapshot <suite>; '/],
    [
      'a missing option',
      ['season', 'open'],
      /^Option --plan <plan> is missing\. Usage: .*open --plan <plan> --dataset <id\|folder> \[/,
    ],
    [
      'an option without its value',
      ['suite', 'pull', 'smoke-1', '--out'],
      /^Option --out <dir> has no value\. Usage: /,
    ],
    [
      'a value that is no choice',
      ['paper', '--part', 'x'],
      /^Option --part <part> is 'x': want one of flips, .*\. Usage: /,
    ],
    [
      'a suite into a device',
      ['suite', 'build', 'smoke-2', '--out', '/dev/full'],
      /: it is a device, not a folder; name/,
    ],
    [
      'a suite below a device',
      ['suite', 'build', 'smoke-2', '--out', '/dev/full/x'],
      /: a part of the path is not a folder/,
    ],
    ['an unknown suite, with the known ones', ['evaluate', file('a.mjs', shape), '--suite', 'nope'], /'nope'.*smoke-1/],
    [
      'an unknown scenario, with the known ones',
      ['evaluate', 'none', '--suite', 'smoke-1', '--scenario', 'nope'],
      /'nope'.*badnets/,
    ],
    ['more seeds than there are', ['evaluate', 'none', '--suite', 'smoke-1', '--seeds', '99'], /99.*2 seeds/],
    ['a number that is none', ['evaluate', 'none', '--suite', 'smoke-1', '--jobs', 'many'], /whole number/],
    [
      'a file that is not there, with the baselines',
      ['evaluate', join(folder, 'nope.mjs'), '--suite', 'smoke-1'],
      /nope\.mjs.*dp-sgd/,
    ],
    ['a folder that holds no suite', ['suite', 'verify', folder], /no suite/],
    [
      'a sampling rate above 1',
      ['epsilon', '--sampling-rate', '2', '--noise-multiplier', '1', '--steps', '1', '--delta', '1e-5'],
      /sampling-rate/,
    ],
    ...['1e-200', '0x1', 'Infinity', '', '1e400', '-1', '1,5'].map((sigma): [string, string[], RegExp] => [
      `a noise multiplier of '${sigma}'`,
      ['epsilon', '--sampling-rate', '.1', '--noise-multiplier', sigma, '--steps', '9', '--delta', '1e-5'],
      sigma === '' ? /is empty|decimal digits/ : /a number from 0\.001 to 1000000, in decimal digits/,
    ]),
    ['the gates’ seeds of a published suite', ['suite', 'calibrate', 'smoke-2', '--gates'], /only a draft/],
    ['some seeds of a published suite', ['suite', 'calibrate', 'smoke-2', '--seeds', '1'], /at all its seeds/],
    ['steps as a power', ['epsilon', '--steps', '1e3'], /whole number from 1 to 1000000000/],
    ['poison rates in hexadecimal', ['suite', 'points', 'nope', '0.1', '0x1'], /0\.000001 to 1/],
    ['more jobs than any machine does', ['work', '--jobs', '257'], /from 1 to 256/],
    ['no token', ['submit', file('b.mjs', shape), '--suite', 'smoke-1', '--name', 'x'], /login/],
    ['a sign-in link that is none', ['login', '--link', 'hello'], /sign-in link/],
  ])('answers 2 and one sentence to %s', async (_, args, sentence) => {
    const { code, out, err } = await antidote(args, { XDG_CONFIG_HOME: folder });
    expect([code, out, err]).toEqual([2, '', expect.stringMatching(sentence)]);
    expect(err).toSatisfy(oneSentence);
  });

  it.each([
    ['a scenario', ['evaluate', 'none', '--suite', 'smoke-1', '--scenario', ''], '--scenario <id>'],
    ['a report to write', ['evaluate', 'none', '--suite', 'smoke-1', '--json', ''], '--json <file>'],
    ['a card', ['submit', 'x.mjs', '--suite', 'smoke-1', '--name', 'x', '--card', ' '], '--card <file>'],
    ['a link', ['login', '--link', ''], '--link <link>'],
    ['a submission', ['status', ''], '<submission>'],
    ['one of several baselines', ['seed', 'none', ''], '<baselines>'],
    ['a folder', ['suite', 'build', 'smoke-1', '--out', ''], '--out <dir>'],
  ])('does not take an empty value for one left out: %s', async (_, args, what) => {
    const { code, out, err } = await antidote(args, { XDG_CONFIG_HOME: folder, ANTIDOTE_URL: 'http://127.0.0.1:9' });
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/ is empty; 'npx antidote .*--help' says what is wanted\.\n$/);
    expect(err.startsWith(what)).toBe(true);
  });

  it.each([
    ['the report', ['evaluate', 'none', '--suite', 'smoke-1', '--json', folder]],
    ['the report, in no folder', ['evaluate', 'none', '--suite', 'smoke-1', '--json', join(folder, 'no', 'a.json')]],
    ['a suite', ['suite', 'build', 'smoke-1', '--out', file('taken', '')]],
    ['a pulled suite', ['suite', 'pull', 'smoke-1', '--out', join(file('taken', ''), 'smoke-1')]],
    ['variants of defenses', ['tuning', file('taken', '')]],
    ['folders of jobs', ['suite', 'export-jobs', 'smoke-1', '--out', join(file('taken', ''), 'jobs')]],
    ...[
      ['evaluate', 'none', '--suite', 'smoke-1', '--json'],
      ['suite', 'build', 'smoke-1', '--out'],
      ['suite', 'pull', 'smoke-1', '--out'],
      ['suite', 'export-jobs', 'smoke-1', '--out'],
      ['tuning'],
      ['dump'],
    ].map((args): [string, string[]] => [
      `there, where the system says that one may and nothing can be made: ${args[0]} ${args[1] ?? ''}`,
      [...args, '/proc/antidote'],
    ]),
  ])('says before the work, and not after it, that there is no way to write %s', async (_, args) => {
    const nowhere = { ANTIDOTE_DATA: '/sys/antidote', ANTIDOTE_URL: 'http://127.0.0.1:9' };
    const { code, out, err } = await antidote(args, nowhere);
    expect([code, out, err]).toEqual([2, '', expect.stringMatching(/^Can't write .*; name another\.\n$/)]);
    expect(err).toSatisfy(oneSentence);
  });

  it.each(['ANTIDOTE_DATA', 'XDG_CONFIG_HOME', 'XDG_CACHE_HOME'])(
    'says at once that nothing can be made in the folder of processes, where Node would try for ever: %s',
    async (name) => {
      symlinkSync('/proc/self', join(folder, name));
      for (const path of ['/proc/1/x', '/proc/antidote', join(folder, name, 'task', 'new')]) {
        const { code, out, err } = await antidote(['whoami'], { [name]: path });
        expect([code, out, err]).toEqual([
          2,
          '',
          `${name} is '${path}': nothing can be made there; name another folder\n`,
        ]);
      }
    },
  );

  it.each([
    ['is not there', join(folder, 'no.dump'), /^Can't read .*no\.dump: there is no such file\.\n$/],
    ['is a folder', folder, /: it is a folder\.\n$/],
    ['is empty', file('empty.dump', ''), /empty\.dump is no dump; 'npx antidote dump <file>' writes one\.\n$/],
    ['is text', file('text.dump', '{"format":"antidote-dump-1","migration":1}\n'), / is no dump; /],
    ['is packed, and something else', file('other.dump', gzipSync('{"format":"tar"}\n')), / is no dump; /],
  ])('starts no site to restore a file that %s', async (_, path, sentence) => {
    const { code, out, err } = await antidote(['restore', path], { ANTIDOTE_DATA: '/sys/antidote' });
    expect([code, out, err]).toEqual([2, '', expect.stringMatching(sentence)]);
    expect(err).toSatisfy(oneSentence);
  });

  it('restores a file that begins as a dump does, and starts the site for it', async () => {
    const begun = file('begun.dump', gzipSync(`${JSON.stringify({ format: dumpFormat, migration: 1 })}\n`));
    const { code, err } = await antidote(['restore', begun], { ANTIDOTE_DATA: '/sys/antidote' });
    expect([code, err]).toEqual([3, expect.stringMatching(/^Can't use \/sys\/antidote/)]);
  });

  it('starts no site to dump into what is there already', async () => {
    const { code, out, err } = await antidote(['dump', file('there', 'mine')], { ANTIDOTE_DATA: '/sys/antidote' });
    expect([code, out, err]).toEqual([2, '', expect.stringMatching(/the dump .*: something is there already/)]);
    expect(readFileSync(join(folder, 'there'), 'utf8')).toBe('mine');
  });

  it('answers 3 where what it prints is lost, and keeps on where nobody reads it', async () => {
    const shell = (line: string) =>
      spawnSync('bash', ['-c', line, process.execPath, distPath('antidote.mjs')], { encoding: 'utf8' });
    const full = shell('"$0" "$1" suite list --json > /dev/full');
    expect([full.status, full.stderr]).toEqual([
      3,
      expect.stringMatching(/^The answer .* disk is full \(ENOSPC\)\.\n$/),
    ]);
    const unread = shell('"$0" "$1" suite list --json | true; exit $PIPESTATUS');
    expect([unread.status, unread.stderr]).toEqual([0, '']);
  });

  it('answers 2 to a variable that is wrong, and names it', async () => {
    const { code, err } = await antidote(['suite', 'list'], { ANTIDOTE_BACKEND: 'cuda' });
    expect([code, err]).toEqual([2, expect.stringMatching(/^ANTIDOTE_BACKEND is 'cuda'.*tensorflow/)]);
  });

  it('answers 3 where there is no site, and says what to do', async () => {
    const { code, err } = await antidote(['status', 'x'], {
      ANTIDOTE_URL: 'http://127.0.0.1:9',
      XDG_CONFIG_HOME: folder,
    });
    expect([code, err]).toEqual([3, expect.stringMatching(/No answer from http:\/\/127\.0\.0\.1:9.*ANTIDOTE_URL/)]);
  });

  it('shows nothing by which a site that means ill could steer the terminal', async () => {
    const steers = '\u001b]0;title\u0007\u202e\u009b2J';
    const trial = { scenario: `a${steers}`, budget: 0.1, seed: 1, outcome: 'threw', detail: `b${steers}` };
    const submission = { id: crypto.randomUUID(), name: `c${steers}`, state: 'failed', position: null, progress: 1 };
    const site = await serve((request, response) =>
      request.url?.endsWith('/refused')
        ? response.writeHead(422).end(JSON.stringify({ code: 'x', title: 'x', detail: `d${steers}` }))
        : response.end(JSON.stringify({ ...submission, trials: [trial], scores: null })),
    );
    const variables = { ANTIDOTE_URL: site.origin, XDG_CONFIG_HOME: folder };
    const shown = await antidote(['status', 'x'], variables);
    const refused = await antidote(['status', 'refused'], variables);
    site.close();
    expect([shown.code, refused.code]).toEqual([1, 1]);
    expect(`${shown.out}${refused.err}`).toMatch(/^[ -~\n]+$/);
  });

  it('answers 3 to a chore where no site runs on the data folder', async () => {
    const { code, err } = await antidote(['sign-in-link'], { ANTIDOTE_DATA: folder });
    expect([code, err]).toEqual([3, expect.stringContaining('npm start')]);
  });

  it.each([
    ['a syntax error', 'export default { filter( { };', /not valid JavaScript/],
    ['an import', `import fs from 'node:fs';\n${shape}`, /'node:fs'/],
    ['one byte too many', `${shape}//${'x'.repeat(262_145 - shape.length - 2)}`, /262,145/],
  ])('answers 1 to check of %s', async (_, code, sentence) => {
    const { code: exit, err } = await antidote(['check', file('refused.mjs', code)]);
    expect([exit, err]).toEqual([1, expect.stringMatching(sentence)]);
    expect(err).toSatisfy(oneSentence);
  });

  it('accepts the modules that init writes, and overwrites nothing', async () => {
    expect(await antidote(['init', 'mine'], {}, folder)).toMatchObject({
      code: 0,
      err: 'Try it: npx antidote evaluate mine/shape.mjs --suite smoke-2\n',
    });
    const modules = readdirSync(join(folder, 'mine')).filter((name) => name.endsWith('.mjs'));
    expect(modules).toEqual(['filter.mjs', 'shape.mjs', 'train.mjs']);
    for (const name of modules)
      expect((await antidote(['check', join(folder, 'mine', name)])).out).toContain(`a ${name.slice(0, -4)} defense`);
    expect((await antidote(['init', 'mine'], {}, folder)).code).toBe(2);
  });

  it('accepts the modules in Python that init writes, as the documentation has it', async () => {
    const [init, check] = pythonCommands.split('\n').map((line) => line.split(' ').slice(2));
    expect((await antidote(init!, {}, folder)).code).toBe(0);
    expect(await antidote(check!, {}, folder)).toEqual({
      code: 0,
      out: expect.stringMatching(/: a filter defense of \d+ bytes, in Python with the packages of the set numpy\n$/),
      err: '',
    });
    for (const kind of ['shape', 'train'])
      expect((await antidote(['check', join(folder, `my-defense/${kind}.py`)])).out).toMatch(
        new RegExp(`a ${kind} defense .* the set torch`),
      );
  });

  it.each([
    ['a notebook', 'a.ipynb', '{}', /a\.ipynb is no module: its name ends in none of \.mjs, \.js, \.py/],
    ['Python that does not parse', 'b.py', 'def filter(a, b)\n', /not valid Python \(line 1, column 17\)/],
  ])('says what is wrong with %s', async (_, name, code, sentence) => {
    const { code: exit, err } = await antidote(['check', file(name, code)]);
    expect([exit, err]).toEqual([name.endsWith('.py') ? 1 : 2, expect.stringMatching(sentence)]);
    expect(err).toSatisfy(oneSentence);
  });

  it('prints ε as a published row has it', async () => {
    const args = [
      'epsilon',
      '--sampling-rate',
      '0.0025',
      '--noise-multiplier',
      '1.3',
      '--steps',
      '6000',
      '--delta',
      '1e-5',
      '--json',
    ];
    const { rdp, prv } = JSON.parse((await antidote(args)).out);
    expect([rdp.epsilon, rdp.order]).toEqual([expect.closeTo(0.7242234026, 8), 19]);
    expect([prv.lower < prv.epsilon, prv.epsilon < prv.upper, prv.upper < rdp.epsilon]).toEqual([true, true, true]); // the tight one is tighter
  });

  it('prints what Rényi accounting has, and says why there is no more, where δ is too small for the other', async () => {
    const args = [
      'epsilon',
      '--sampling-rate',
      '0.01',
      '--noise-multiplier',
      '1',
      '--steps',
      '100',
      '--delta',
      '1e-13',
    ];
    const { code, out, err } = await antidote(args);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(
      /^ε = 3\.\d+ by RDP of order 9\.1\nno ε by PRV: delta=1e-13 is too small for 100 steps in float64/,
    );
    expect(JSON.parse((await antidote([...args, '--json'])).out).prv).toBeNull();
  });

  it('has smoke-2 as its example, and as the default of seed', async () => {
    for (const command of [['seed'], ['evaluate'], ['submit'], ['suite', 'build']]) {
      const { out } = await antidote([...command, '--help']);
      expect(out).toContain('smoke-2');
      expect(out).not.toContain('smoke-1');
    }
  });

  it('loads no engine and no compiler to say what it can do', async () => {
    const { code, out } = await antidote(['--help']);
    expect([code, out]).toEqual([
      0,
      expect.stringMatching(/evaluate[\s\S]*ANTIDOTE_DATA[\s\S]*ANTIDOTE_URL[\s\S]*Exit codes/),
    ]);
    expect(readFileSync(new URL('../../../dist/antidote.mjs', import.meta.url), 'utf8')).not.toContain('XNNPACK');
  });
});
