import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { DefenseKind } from '../../../lib/contract/ids.ts';
import { baselines } from '../../../runner/defenses/index.ts';
import { projectDir } from '../../../runner/host/dist.ts';
import { jailOf } from '../../../runner/jail/index.ts';
import { defaultLimits, type RealJail } from '../../../runner/jail/jail.ts';
import { epochsFrom, weightsFrom } from '../../../runner/jail/outcome.ts';
import { built } from '../../support/built.ts';
import { requires } from '../../support/requires.ts';
import { runIn } from './run-in.ts';
import { tinyCnn, tinyJob, tinyModel } from './tiny-job.ts';

const limits = { ...defaultLimits, seconds: 60, memoryBytes: 2 ** 30, outBytes: 2 ** 24 };
const backends = requires('native-engine') ? (['wasm', 'tensorflow'] as const) : (['wasm'] as const);

const examples = join(projectDir, 'runner/defenses/examples');
const ours = [
  ...baselines.flatMap(({ id, kind, code }) => (kind === 'control' ? [] : [[id, kind, code] as const])),
  ...readdirSync(examples).map((file) => {
    const kind = file.replace('.mjs', '') as DefenseKind;
    return [`the example of a ${kind}`, kind, readFileSync(join(examples, file), 'utf8')] as const;
  }),
];

/** Whatever an honest module is free to use. */
const others: [string, DefenseKind, string][] = [
  ['an ensemble', 'train', 'train: async ({ train }, host) => [await host.fit(train), await host.fit(train)]'],
  [
    'one that waits, logs and formats',
    'filter',
    `async filter({ n }, host) {
    await new Promise((done) => setTimeout(done, 50));
    host.log(new Intl.NumberFormat('de').format(1e6), new Date(), new Error('not thrown').stack.length, Math.random());
    return new Float32Array(n).fill(structuredClone(1));
  }`,
  ],
  [
    'one with shared memory and WebAssembly',
    'filter',
    `async filter({ n }) {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 4096, shared: true });
    memory.grow(1000);
    await WebAssembly.compile(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
    Atomics.wait(new Int32Array(memory.buffer), 0, 0, 20);
    return new Float32Array(n).fill(1);
  }`,
  ],
  [
    'one that fills a gigabyte of garbage',
    'filter',
    `filter({ n }) {
    for (let i = 0; i < 200; i++) new Float64Array(650_000).fill(i);
    let list = null;
    for (let i = 0; i < 3e6; i++) list = i % 1e5 ? { list, text: 'x' + i } : null;
    return new Float32Array(n).fill(list === 0 ? 0 : 1);
  }`,
  ],
];

/** Every honest module trains in this jail. What the guests call here is what they may call. */
export const honestModules = (jail: RealJail) => {
  beforeAll(built);

  describe.each(backends)('on %s', (backend) => {
    const run = async (code: string, kind: DefenseKind, model = tinyModel, epochs = false) => {
      const { job, remove } = tinyJob({ code }, kind, model, epochs);
      return runIn(jailOf(jail), { job, backend, limits }).finally(remove);
    };

    test.each([
      ...ours,
      ...others.map(([name, kind, method]) => [name, kind, `export default { ${method} };`] as const),
    ])('%s (a %s) trains', async (_, kind, code) => {
      const { log, ...ran } = await run(code, kind);
      expect(weightsFrom({ ...ran, log }, limits, tinyModel).length).toBeGreaterThan(0);
      expect(log).not.toMatch(/EPERM|ENOSYS|[Ee]rror/);
    });

    test('a network of convolutions trains, and its epochs are left', async () => {
      const code = ours.find(([id]) => id === 'none')![2];
      const ran = await run(code, 'shape', tinyCnn, true);
      expect(weightsFrom(ran, limits, tinyCnn)).toHaveLength(1);
      expect(epochsFrom(ran, tinyCnn)).toHaveLength(3);
    });
  });
};
