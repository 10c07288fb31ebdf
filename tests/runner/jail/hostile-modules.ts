import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { moduleByteLimit } from '../../../lib/contract/card.ts';
import { DefenseKind, Outcome } from '../../../lib/contract/ids.ts';
import { checkedDefense } from '../../../runner/defenses/checked-defense.ts';
import { DefenseFailed } from '../../../runner/errors.ts';
import { jailOf } from '../../../runner/jail/index.ts';
import { defaultLimits, type RealJail } from '../../../runner/jail/jail.ts';
import { logByteLimit } from '../../../runner/jail/log.ts';
import { weightsFrom } from '../../../runner/jail/outcome.ts';
import { built } from '../../support/built.ts';
import { runIn } from './run-in.ts';
import { tinyJob, tinyModel } from './tiny-job.ts';

const folder = fileURLToPath(new URL('../../fixtures/hostile/modules/', import.meta.url));

/** Each module says in its first line of which kind it claims to be, what must come of it, and what it tries. */
const modules = readdirSync(folder).map((file) => {
  const code = readFileSync(`${folder}${file}`, 'utf8');
  const [, kind, verdict, what] = /^\/\/ (\w+) → ([\w-]+): (.*)\.\n/.exec(code) ?? [];
  return { file, code, kind: DefenseKind.parse(kind), verdict: Outcome.parse(verdict), what: what! };
});

const limits = { ...defaultLimits, seconds: 30, memoryBytes: 512 * 2 ** 20, outBytes: 2 ** 20 };

const moduleOf = (name: string) => modules.find(({ file }) => file === `${name}.mjs`)!;

/** What comes of each hostile module in this jail. */
export const hostileModules = (jail: RealJail) => {
  beforeAll(built);

  /** What comes of a trial with this module, as far as its weights, by the same steps as a trial's. */
  async function trial(code: string, kind: DefenseKind, seconds = limits.seconds) {
    const { refused } = await checkedDefense(kind, code);
    if (refused) return { outcome: refused.reason, detail: refused.detail, log: '', weights: [] };
    const { job, remove } = tinyJob({ code }, kind);
    try {
      const run = await runIn(jailOf(jail), { job, backend: 'wasm', limits: { ...limits, seconds } });
      try {
        return { outcome: 'scored', detail: '', log: run.log, weights: weightsFrom(run, limits, tinyModel) };
      } catch (error) {
        if (!(error instanceof DefenseFailed)) throw error;
        return { outcome: error.reason, detail: error.detail, log: run.log, weights: [] };
      }
    } finally {
      remove();
    }
  }

  test.concurrent.each(modules)('$what: $verdict ($file)', async ({ code, kind, verdict }) => {
    const { outcome, detail } = await trial(code, kind, verdict === 'timed-out' ? 3 : undefined);
    expect(`${outcome} ${detail}`).toMatch(new RegExp(`^${verdict} `));
    if (verdict !== 'scored') expect(detail).toMatch(/^(?=.{1,200}$)\S.*[.…]$/);
  });

  test('a byte more than the limit: too-large', async () => {
    const code = moduleOf('more-exports').code;
    const padded = (bytes: number) => `${code}//${'x'.repeat(bytes - Buffer.byteLength(code) - 2)}`;
    expect((await trial(padded(moduleByteLimit + 1), 'shape')).outcome).toBe('too-large');
    expect((await trial(padded(moduleByteLimit), 'shape')).outcome).toBe('scored');
  });

  test('of a gigabyte of log the first 64 KiB are kept', async () => {
    const { log } = await trial(moduleOf('floods-the-log').code, 'shape');
    expect(log.length).toBe(logByteLimit);
  });

  test('what a module says of its failure reaches people as one plain line', async () => {
    const { detail } = await trial(moduleOf('prints-sequences').code, 'filter');
    expect(detail).toMatch(/^The module threw Error: <b>red<\/b> long long/);
    expect(detail).toMatch(/^[ -~…]{1,200}$/);
  });

  test('a filter weighs the rows and does not mend them', async () => {
    const plain = await trial('export default { filter: ({ n }) => new Float32Array(n).fill(1) };', 'filter');
    expect((await trial(moduleOf('mends-the-rows').code, 'filter')).weights).toEqual(plain.weights);
  });

  test('what a filter trains beside the harness changes nothing of its training', async () => {
    const plain = await trial('export default { filter: ({ n }) => new Float32Array(n).fill(1) };', 'filter');
    expect((await trial(moduleOf('trains-on').code, 'filter')).weights).toEqual(plain.weights);
  });

  test('what a module does to chance and clock changes nothing of the training', async () => {
    const plain = await trial(
      'export default { shape: (step) => step.sum(new Float32Array(step.size).fill(1)).times(1 / step.expectedSize) };',
      'shape',
    );
    expect((await trial(moduleOf('overrides-clock-and-chance').code, 'shape')).weights).toEqual(plain.weights);
  });
};
