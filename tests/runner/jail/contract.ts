import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { DefenseFailed, HarnessFault } from '../../../runner/errors.ts';
import { ownerMark } from '../../../runner/host/scratch.ts';
import { nodeGuest } from '../../../runner/jail/guests/node.ts';
import { jailOf } from '../../../runner/jail/index.ts';
import { defaultLimits, type JailKind, type JailRun, tmpBytes } from '../../../runner/jail/jail.ts';
import { logByteLimit } from '../../../runner/jail/log.ts';
import { tmpfsFiles } from '../../../runner/jail/out-folder.ts';
import { rowWeightsFrom, weightsFrom } from '../../../runner/jail/outcome.ts';
import { treeOf } from '../../../runner/jail/process-tree.ts';
import { labelsOf } from '../../../runner/metrics/labels.ts';
import { logitsOf } from '../../../runner/train/predict.ts';
import { openEngine } from '../../../runner/train/tf.ts';
import { built } from '../../support/built.ts';
import { atRest, eventually } from '../../support/eventually.ts';
import { requires } from '../../support/requires.ts';
import { runIn } from './run-in.ts';
import { tinyCnn, tinyJob, tinyModel, tinySet, tinyStreams } from './tiny-job.ts';

const limits = { ...defaultLimits, seconds: 10, memoryBytes: 512 * 2 ** 20, outBytes: 2 ** 20 };
const program = (name: string) =>
  fileURLToPath(new URL(`../../fixtures/hostile/programs/${name}.mjs`, import.meta.url));
const example = (kind: string) =>
  readFileSync(new URL(`../../../runner/defenses/examples/${kind}.mjs`, import.meta.url), 'utf8');

/** What a killed or careless jail could leave: processes below this one, cgroups, folders. */
function leftovers(): string[] {
  const processes = treeOf(process.pid)
    .slice(1)
    .flatMap((pid) =>
      existsSync(`/proc/${pid}/cmdline`) ? [readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ')] : [],
    )
    .filter((line) => /bwrap|runsc|guest\.mjs|fixtures\/hostile/.test(line));
  const cgroups = existsSync('/sys/fs/cgroup')
    ? execFileSync('find', ['/sys/fs/cgroup', '-type', 'd', '-name', `${ownerMark()}*`], { encoding: 'utf8' }).split(
        '\n',
      )
    : [];
  const folders = readdirSync(tmpdir()).filter((name) => name.startsWith(ownerMark()));
  return [...processes, ...cgroups, ...folders].filter((line) => line !== '');
}

/** What the port promises, tried on one implementation. What `none` promises nothing of is said where it is tried. */
export const jailContract = (kind: JailKind) => {
  beforeAll(built);

  /** What the command line of the guest of this name holds. gVisor's has none: that of its kernel. */
  const ownName = (name: string) => (kind === 'gvisor' ? 'runsc-sandbox' : name);
  const resting = (name: string) => atRest(ownName(name));

  const honest = async (
    code: string,
    as: 'filter' | 'shape' | 'train',
    backend: 'wasm' | 'tensorflow' = 'wasm',
    model = tinyModel,
  ) => {
    const { job, remove } = tinyJob({ code }, as, model);
    try {
      return await runIn(jailOf(kind), { job, backend, limits });
    } finally {
      remove();
    }
  };

  /** A program in the guest's place, so that nothing but the jail stands in its way. */
  const instead = async (
    name: string,
    options: { signal?: AbortSignal; seconds?: number; tasks?: number; outBytes?: number; port?: number } = {},
  ): Promise<JailRun> => {
    const { job, remove } = tinyJob({ code: '' }, 'filter');
    writeFileSync(join(job, 'port'), String(options.port ?? 1));
    try {
      const { signal, port: _, ...own } = options;
      return await runIn(jailOf(kind, nodeGuest({ program: program(name) })), {
        job,
        backend: 'wasm',
        limits: { ...limits, ...own },
        signal,
      });
    } finally {
      remove();
    }
  };

  test.each(['filter', 'shape', 'train'] as const)('an honest %s passes, and gives the same bits twice', async (as) => {
    const [one, two] = await Promise.all([honest(example(as), as), honest(example(as), as)]);
    expect(weightsFrom(one, limits, tinyModel)).toHaveLength(1);
    expect(two.out).toEqual(one.out);
    expect(one).toMatchObject({ end: 'exited', exitCode: 0, ready: true, log: '' });
    expect(one.seconds).toBeGreaterThan(0);
    expect(one.peakBytes).toBeGreaterThan(20e6);
  });

  test('a filter leaves the weights of its rows, and nobody else does', async () => {
    const own = await honest('export default { filter: ({ n }) => new Float32Array(n).fill(0.25) };', 'filter');
    expect(rowWeightsFrom(own, 300)).toEqual(new Float32Array(300).fill(0.25));
    expect(() => rowWeightsFrom(own, 301)).toThrow(/bad-output: .*300 weights for 301 rows/);
    const none = await honest(example('shape'), 'shape');
    expect(() => rowWeightsFrom(none, 300)).toThrow('bad-output: The module left no row-weights.npy.');
  });

  test.runIf(requires('native-engine'))('the native engine works inside', async () => {
    expect(weightsFrom(await honest(example('shape'), 'shape', 'tensorflow'), limits, tinyModel)).toHaveLength(1);
  });

  test.each(requires('native-engine') ? (['wasm', 'tensorflow'] as const) : (['wasm'] as const))(
    'a defense shapes the gradients of a network of convolutions on %s, and what comes out is its weights',
    async (backend) => {
      const run = await honest(example('shape'), 'shape', backend, tinyCnn);
      const [weights] = weightsFrom(run, limits, tinyCnn);
      expect(weights!.map(({ name }) => name)).toEqual(
        ['conv0', 'conv1', 'dense3', 'dense4'].flatMap((layer) => [`${layer}/kernel`, `${layer}/bias`]),
      );
      expect(() =>
        weightsFrom(run, limits, {
          ...tinyCnn,
          weights: [{ name: 'conv0/kernel', shape: [9, 16] }, ...tinyCnn.weights.slice(1)],
        }),
      ).toThrow('conv0/kernel');
    },
  );

  test('host.features of a network of convolutions are its last hidden layer', async () => {
    const run = await honest(
      `export default { train: async ({ train }, host) => {
        const weights = await host.fit(train);
        const [features, logits] = [host.features(weights, train), host.logits(weights, train)];
        const [kernel, bias] = [weights.at(-2).data, weights.at(-1).data];
        const first = features.subarray(0, 256).reduce((sum, value, unit) => sum + value * kernel[3 * unit], bias[0]);
        if (features.length !== 256 * train.n || Math.abs(first - logits[0]) > 1e-4) throw new Error('not the last hidden layer');
        return weights;
      } };`,
      'train',
      'wasm',
      tinyCnn,
    );
    const [weights] = weightsFrom(run, limits, tinyCnn);
    const { tf } = await openEngine('wasm');
    const rows = tinySet(1);
    const labels = labelsOf(logitsOf(tf, tinyCnn, weights!, rows), rows.n);
    const right = [...rows.y.keys()].filter((row) => labels[row] === rows.y[row]);
    expect(right.length / rows.n).toBeGreaterThan(0.9);
  });

  test('an ensemble comes back member by member', async () => {
    const run = await honest(
      'export default { train: async ({ train }, host) => [await host.fit(train), await host.fit(train)] };',
      'train',
    );
    const [first, second] = weightsFrom(run, limits, tinyModel);
    expect(first).not.toEqual(second);
  });

  test('a guest that ignores every signal is dead when its time is over', async () => {
    const run = await instead('ignores-signals', { seconds: 1 });
    expect(run.end).toBe('timed-out');
    expect(run.seconds).toBeGreaterThan(0.99);
    expect(leftovers()).toEqual([]);
  });

  test('a guest that takes too much memory is dead', async () => {
    expect(await instead('fills-memory')).toMatchObject({ end: 'out-of-memory', ready: true });
  });

  test('a guest that starts threads without end is held to its number of tasks', async () => {
    const { log } = await instead('starts-threads', { seconds: 4, tasks: 30 });
    expect(log.match(/up\n/g)?.length).toBeLessThan(30);
  });

  test('of what a guest prints the first 64 KiB are kept', async () => {
    const run = await instead('prints-much', { seconds: 60 });
    expect(run).toMatchObject({ end: 'exited', exitCode: 0 });
    expect(run.log).toBe('x'.repeat(logByteLimit));
  });

  test('a guest that fails before it is ready is the fault of the harness', async () => {
    const run = await instead('ends-before-ready');
    expect(run).toMatchObject({ ready: false, exitCode: 7 });
    expect(() => weightsFrom(run, limits, tinyModel)).toThrow(HarnessFault);
    expect(() => weightsFrom(run, limits, tinyModel)).toThrow('the engine does not load');
  });

  if (kind !== 'none')
    test('a jail that does not open is the fault of the harness, and says why', async () => {
      const run = jailOf(kind, nodeGuest({ program: '/nowhere/at/all' })).open({ backend: 'wasm', limits });
      await expect(run).rejects.toThrow(HarnessFault);
      await expect(run).rejects.toThrow(
        /^The jail did not open \((bwrap|runsc): .*nowhere.*\); `npx antidote doctor` names the fix\.$/,
      );
    });

  test.each([
    ['a folder', 'leaves-a-folder', 'bad-output'],
    ['a terabyte of nothing', 'claims-a-terabyte', 'too-large'],
  ])('%s in place of weights is not read', async (_, name, reason) => {
    expect((await instead(name)).out).toMatchObject({ reason });
  });

  test.each([
    ['a link', 'leaves-a-symlink'],
    ['a file of two names', 'leaves-a-hardlink'],
    ['a link to a folder of members', 'leaves-linked-members'],
  ])('%s in place of weights is not read, and can not be made in a jail', async (_, name) => {
    const { out, log } = await instead(name);
    if (kind === 'none') expect(out).toMatchObject({ reason: 'bad-output' });
    else expect([out, log]).toEqual([new Map(), expect.stringContaining('EPERM')]);
  });

  test.each([
    ['four hundred sets of weights', 'leaves-400-members', 'too-large', '400 sets of weights; at most 250'],
    ['a header with a key of 900,000 characters', 'leaves-a-long-key', 'bad-output', 'a tensor is called '],
    ['a shape of twenty thousand ones', 'leaves-a-long-shape', 'bad-output', 'header is wrong at dense0/kernel.shape'],
    ['fifteen thousand arrays', 'leaves-many-arrays', 'bad-output', '15000 arrays'],
    ['a header of half a million lists', 'leaves-a-deep-header', 'bad-output', 'more than 8 levels'],
    ['an account of thirty thousand lists', 'leaves-a-deep-account', 'bad-output', 'no account of a failure'],
    ['names with NUL, of a prototype and of a path', 'leaves-a-nul-name', 'bad-output', 'a plain name is wanted'],
    ['an account of 60,000 characters', 'leaves-a-long-account', 'threw', 'long long'],
  ])('%s: the module failed, in one plain line of at most 200 characters', async (_, name, reason, words) => {
    const run = await instead(name, { outBytes: 2 ** 22 });
    try {
      weightsFrom(run, limits, tinyModel);
      expect.unreachable();
    } catch (error) {
      if (!(error instanceof DefenseFailed)) throw error;
      expect(error.reason).toBe(reason);
      expect(error.detail).toContain(words);
      expect(error.detail).toMatch(/^[ -~…]{1,200}$/);
    }
  });

  test('an abort kills at once and is what the caller hears', async () => {
    const controller = new AbortController();
    const run = instead('ignores-signals', { signal: controller.signal });
    await resting('ignores-signals');
    controller.abort(new Error('the lease is lost'));
    await expect(run).rejects.toThrow('the lease is lost');
    expect(leftovers()).toEqual([]);
    await expect(instead('ignores-signals', { signal: controller.signal })).rejects.toThrow('the lease is lost');
  });

  describe('opened before there is a job', () => {
    const opened = (name: string, signal?: AbortSignal) =>
      jailOf(kind, nodeGuest({ program: program(name) })).open({ backend: 'wasm', limits, signal });

    test('a guest sees an empty folder until it is told to begin', async () => {
      const room = await opened('looks-at-its-job');
      await resting('looks-at-its-job');
      writeFileSync(join(room.job, 'task.json'), '{}');
      const run = await room.run(10).finally(room.close);
      expect(JSON.parse(run.log)).toEqual({ before: [], told: '{}\n', after: ['task.json'] });
      expect(existsSync(room.job)).toBe(false);
    });

    test('what it does is what it does when it is opened for the job', async () => {
      const { job, remove } = tinyJob({ code: example('shape') }, 'shape');
      const room = await jailOf(kind).open({ backend: 'wasm', limits });
      await resting('guest.mjs');
      cpSync(job, room.job, { recursive: true });
      remove();
      const run = await room.run(10, tinyStreams).finally(room.close);
      expect(run).toMatchObject({ end: 'exited', exitCode: 0, ready: true, log: '' });
      expect(run.out).toEqual((await honest(example('shape'), 'shape')).out);
    });

    test('the module has all of its seconds, however long its jail had waited', async () => {
      const room = await opened('ignores-signals');
      await resting('ignores-signals'); // its start and ten looks: longer than its limit
      const run = await room.run(0.2).finally(room.close);
      expect(run).toMatchObject({ end: 'timed-out', ready: true });
      expect(run.seconds).toBeGreaterThan(0.19);
    });

    test('a guest that ended while it waited is the fault of the harness', async () => {
      const room = await opened('ends-before-ready');
      await eventually(() => !leftovers().some((line) => line.includes(ownName('ends-before-ready'))));
      const run = await room.run(10).finally(room.close);
      expect(() => weightsFrom(run, limits, tinyModel)).toThrow(HarnessFault);
    });

    test('an abort kills it while it waits, and is what whoever runs it hears', async () => {
      const controller = new AbortController();
      const room = await opened('ignores-signals', controller.signal);
      await resting('ignores-signals');
      controller.abort(new Error('the lease is lost'));
      await eventually(() => !leftovers().some((line) => line.includes(ownName('ignores-signals'))));
      await expect(room.run(10)).rejects.toThrow('the lease is lost');
      await room.close();
    });

    test('one that nobody takes is closed, and nothing is left of it', async () => {
      const room = await opened('ignores-signals');
      await resting('ignores-signals');
      await room.close();
      expect(leftovers()).toEqual([]);
    });
  });

  test('two at once do not disturb each other', async () => {
    const runs = await Promise.all([
      instead('fills-memory'),
      honest(example('shape'), 'shape'),
      instead('ignores-signals', { seconds: 1 }),
    ]);
    expect(runs.map(({ end }) => end)).toEqual(['out-of-memory', 'exited', 'timed-out']);
  });

  /** What a program left of what it saw. */
  const account = async (name: string): Promise<Record<string, unknown>> => {
    const server = createServer((socket) => socket.end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const { out, log } = await instead(name, { port, seconds: 30 }).finally(() => server.close());
    const file = out instanceof Map ? out.get('failure.json') : undefined;
    if (!file) throw new Error(`${name} left nothing: ${log}`);
    return JSON.parse(JSON.parse(Buffer.from(file).toString()).detail);
  };

  test('what a guest sees of its surroundings', async () => {
    const { environment, ...seen } = await account('looks-around');
    expect(environment).toHaveLength(5);
    expect(seen).toEqual(kind === 'none' ? { connected: true, passwd: true } : { connected: false, passwd: false }); // no jail promises no more
  });

  if (kind !== 'none')
    test('a guest with all of Node at hand gets nowhere', async () => {
      const {
        environment,
        descriptors,
        'files of processes': processes,
        program: own,
        'load and memory': load,
        'host name': host,
        user,
        'root folder': root,
        devices,
        ...attempts
      } = (await account('escapes')) as Record<string, string>;
      expect({ descriptors, processes, own, load, host, user }).toEqual({
        descriptors: 'got ',
        processes: 'got self,self/exe',
        own: 'got /bin/node',
        load: expect.stringMatching(/^got 0,0,0,/),
        host: 'got jail',
        user: kind === 'gvisor' ? 'got 0:0' : 'got 1000:1000', // gVisor's without a capability
      });
      expect(root?.replace(/lib64,|sys,/g, '')).toBe('got bin,dev,engine,guest.mjs,job,lib,out,proc,tmp');
      expect(devices).toBe(
        kind === 'gvisor'
          ? 'got fd,full,fuse,net,null,ptmx,pts,random,shm,stderr,stdin,stdout,tty,urandom,zero' // all are the sentry's own
          : 'got null,random,urandom,zero',
      );
      if (kind === 'gvisor') expect(attempts['lists /sys']).toBe('got []');
      delete attempts['lists /sys'];
      expect(environment?.split(',')).toHaveLength(5);
      expect(Object.entries(attempts).filter(([, outcome]) => outcome.startsWith('got'))).toEqual([]);
      const filtered = Object.entries(attempts).filter(([name]) =>
        /^(connects|listens|sends|runs|forks|makes|signals|gives|asks how)/.test(name),
      );
      expect(filtered.map(([name, outcome]) => `${name}: ${outcome}`)).toEqual(
        filtered.map(([name]) => `${name}: EPERM`),
      ); // by the filter, before anything else
      expect(filtered.length).toBeGreaterThan(9);
    });

  if (kind === 'bubblewrap')
    test('to the kernel it has no capability, gains none, and is filtered', async () => {
      const room = await jailOf(kind, nodeGuest({ program: program('ignores-signals') })).open({
        backend: 'wasm',
        limits,
      });
      const run = room.run(2).finally(room.close);
      const stati = () =>
        treeOf(process.pid).flatMap((pid) => {
          const file = `/proc/${pid}/status`;
          const status = existsSync(file) ? readFileSync(file, 'latin1') : '';
          return /^NSpid:.*\t1$/m.test(status) && /^Name:\tnode/m.test(status) ? [status] : [];
        });
      const [status] = await vi.waitUntil(() => (stati().length > 0 ? stati() : null), { timeout: 2000, interval: 20 });
      const value = (name: string) => new RegExp(`^${name}:\\s*(\\w+)`, 'm').exec(status!)?.[1];
      expect(['CapEff', 'CapPrm', 'CapBnd', 'NoNewPrivs', 'Seccomp'].map(value)).toEqual([
        '0000000000000000',
        '0000000000000000',
        '0000000000000000',
        '1',
        '2',
      ]);
      await run;
    });

  if (kind !== 'none')
    test('empty files have an end, too', async () => {
      const { log } = await instead('makes-many-files', { seconds: 60 });
      const full = `ENOSPC after ${tmpfsFiles - 1}\n`; // the folder itself is one
      expect(log).toBe(kind === 'gvisor' ? `/out: ${full}/tmp: no end\n` : `/out: ${full}/tmp: ${full}`); // in the sentry they are memory of the guest
    });

  test('a folder that may not be listed is read as nothing, or refused', async () => {
    const { out } = await instead('locks-its-members');
    if (out instanceof DefenseFailed) expect(out.reason).toBe('bad-output');
    else expect(out.size).toBe(0);
  });

  test('a guest that opens files without end ends with its own limit', async () => {
    expect((await instead('opens-many-files')).log).toMatch(/^EMFILE after \d+\n$/);
  });

  if (kind !== 'none')
    test('/tmp and /out take what they hold and no more', async () => {
      expect((await instead('fills-tmp')).log).toBe(`ENOSPC after ${tmpBytes}\n`);
      expect((await instead('fills-out')).log).toBe(`ENOSPC after ${limits.outBytes}\n`);
    });

  test('nothing is left of all this', async () => {
    expect(leftovers()).toEqual([]);
  });
};
