import { beforeAll, describe, expect, test } from 'vitest';
import type { DefenseKind } from '../../../lib/contract/ids.ts';
import { DefenseFailed } from '../../../runner/errors.ts';
import { jailOf } from '../../../runner/jail/index.ts';
import { defaultLimits } from '../../../runner/jail/jail.ts';
import { weightsFrom } from '../../../runner/jail/outcome.ts';
import { built } from '../../support/built.ts';
import { runIn } from './run-in.ts';
import { tinyJob, tinyModel } from './tiny-job.ts';

const limits = { ...defaultLimits, seconds: 30, memoryBytes: 512 * 2 ** 20, outBytes: 2 ** 20 };

/** What people read of a module that fails in the guest: the reason, and the sentence. */
async function verdictOn(code: string, kind: DefenseKind): Promise<string> {
  const { job, remove } = tinyJob({ code }, kind);
  try {
    weightsFrom(await runIn(jailOf('none'), { job, backend: 'wasm', limits }), limits, tinyModel);
    return 'scored';
  } catch (error) {
    if (!(error instanceof DefenseFailed)) throw error;
    return `${error.reason}: ${error.detail}`;
  } finally {
    remove();
  }
}

const shape = (body: string) => `export default {\n  shape(step, host) {\n    ${body}\n  },\n};\n`;
const train = (body: string) => `export default {\n  async train({ train }, host) {\n    ${body}\n  },\n};\n`;
const ones = 'step.sum(new Float32Array(step.size).fill(1))';

describe('a module that cannot go on is told what was wrong, in which call, where and in which step', () => {
  beforeAll(built);

  test.concurrent.each<[string, string]>([
    [
      'return step.sum(step.norms().map((v, row) => 1 / (row === 3 ? 0 : v))).times(1 / step.expectedSize)',
      'sum: the weight of row 3 of the batch is Infinity, want finite numbers (module.mjs:3:17, step 0).',
    ],
    [
      `return step.index === 5 ? ${ones}.times(NaN) : step.noise(0);`,
      'times: the factor is NaN, want a finite number (module.mjs:3:77, step 5).',
    ],
    [`return ${ones}.times(1e200).times(1e200)`, 'times: the product of the factors so far, with 1e+200, is Infinity'],
    [`return ${ones}.plus(step.noise(0 / 0));`, 'noise: std is NaN, want a finite number (module.mjs:3:68, step 0).'],
    [`return ${ones}.times(1e38).times(1e38)`, 'the step leaves weights that are not finite'],
  ])('not-finite: %s', async (body, sentence) => {
    expect(await verdictOn(shape(body), 'shape')).toContain(`not-finite: The module's training stopped: ${sentence}`);
  });

  test.concurrent.each<[string, string]>([
    ['return step.norm().map((v) => 1 / v);', 'TypeError: step.norm is not a function (module.mjs:3:17, step 0).'],
    [
      `return step.index < 7 ? ${ones}.times(0.001) : step.sum([1]);`,
      'TypeError: sum: the weights are no Float32Array (module.mjs:3:95, step 7).',
    ],
    [
      `return ${ones}.plus(1)`,
      'TypeError: plus: a gradient of this training is wanted: one that sum() or noise() gave',
    ],
    ['return step.sum(step.dots(2))', 'TypeError: dots: a gradient of this training is wanted'],
    ['return step.noise(-1)', 'RangeError: noise: std=-1, want at least 0 (module.mjs:3:17, step 0).'],
    ['return step.sum(new Float32Array(2))', 'RangeError: sum: 2 weights, want one for each of the'],
    ['throw { toString: () => "no" }', 'no (step 0).'],
    ["throw new Error('x'.repeat(1000))", `Error: ${'x'.repeat(113)}… (module.mjs:3:11, step 0).`],
  ])('threw: %s', async (body, sentence) => {
    expect(await verdictOn(shape(body), 'shape')).toContain(`threw: The module threw ${sentence}`);
  });

  test.concurrent.each<[string, string]>([
    ['weights: new Float32Array(train.n).fill(NaN)', 'not-finite: .*fit: the weight of row 0 is NaN \\(module'],
    ['weights: new Float32Array(train.n).fill(-1)', 'threw: .*fit: the weight of row 0 is -1, want 0 … 1 \\(module'],
    ['weights: new Float32Array(3)', 'threw: .*fit: 3 row weights, want 300'],
    ['weights: 7', 'threw: .*fit: weights is no Float32Array'],
    ['shape: {}', 'threw: .*fit: shape is no function'],
    ['epochs: NaN', 'not-finite: .*fit: epochs is NaN, want a finite number'],
    ['epochs: -1', 'threw: .*fit: epochs=-1, want at least 0'],
    ['epochs: "2"', 'threw: .*fit: epochs is no number'],
    ['learningRate: Infinity', 'not-finite: .*fit: learningRate is Infinity, want a finite number'],
    ['learningRate: -0.1', 'threw: .*fit: learningRate=-0.1, want at least 0'],
    ['batchSize: 1.5', 'threw: .*fit: batchSize=1.5, want a whole number from 1'],
    ['batchSize: NaN', 'threw: .*fit: batchSize=NaN, want a whole number from 1'],
    ['init: 3', 'threw: .*fit: init is no list of weights'],
    ['init: [{}, {}]', 'threw: .*fit: init has no Float32Array in weight 0'],
    ['init: [[]]', 'threw: .*fit: init has no Float32Array in weight 0'],
    [
      'init: (await host.fit(train)).map((w) => ({ ...w, data: w.data.map(() => NaN) }))',
      'not-finite: .*fit: number 0 of dense0/kernel in init is NaN',
    ],
  ])('host.fit(train, { %s })', async (option, sentence) => {
    expect(await verdictOn(train(`return await host.fit(train, { ${option} });`), 'train')).toMatch(
      new RegExp(`^${sentence}`),
    );
  });

  test.concurrent.each<[string, string]>([
    ['new Float32Array(n).fill(NaN)', 'not-finite: filter gave row 0 the weight NaN.'],
    ['new Float32Array(n).fill(1.5)', 'bad-output: filter gave row 0 the weight 1.5, which is not in [0, 1].'],
    ['new Float32Array(7)', 'bad-output: filter returned 7 weights for 300 rows.'],
    ['Array(n).fill(1)', 'bad-output: filter did not return a Float32Array.'],
  ])('filter returns %s', async (returned, sentence) => {
    expect(await verdictOn(`export default { filter: ({ n }) => ${returned} };`, 'filter')).toBe(sentence);
  });

  test('a weight of 0 masks a row whose gradient is not finite', async () => {
    const code = train(`const init = await host.fit(train);
    for (const weight of init) weight.data = weight.data.map((value) => value * 1e37);
    let masked = 0;
    await host.fit(train, { init, shape(step) {
      const weights = step.norms().map((norm) => (Number.isFinite(norm) ? 0 : (masked++, 0)));
      return step.sum(weights);
    } });
    if (masked === 0) throw new Error('nothing was masked');
    return host.fit(train);`);
    expect(await verdictOn(code, 'train')).toBe('scored');
  });

  test('a module that fails while it loads says in which line', async () => {
    expect(await verdictOn('\nnull.x;\nexport default {};', 'filter')).toMatch(/^threw: .*\(module\.mjs:2:6\)\.$/);
  });
});
