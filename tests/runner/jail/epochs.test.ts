import { beforeAll, describe, expect, test } from 'vitest';
import type { Weights } from '../../../lib/contract/defense.ts';
import { writeSafetensors } from '../../../lib/contract/formats/safetensors.ts';
import type { DefenseKind } from '../../../lib/contract/ids.ts';
import { jailOf } from '../../../runner/jail/index.ts';
import { defaultLimits } from '../../../runner/jail/jail.ts';
import type { JobFolder } from '../../../runner/jail/job-folder.ts';
import { epochsFrom, weightsFrom } from '../../../runner/jail/outcome.ts';
import { trainEpochs } from '../../../runner/train/epochs.ts';
import { openEngine } from '../../../runner/train/tf.ts';
import { built } from '../../support/built.ts';
import { requires } from '../../support/requires.ts';
import { runIn } from './run-in.ts';
import { tinyJob, tinyModel, tinySet, tinyStreams } from './tiny-job.ts';

const limits = { ...defaultLimits, seconds: 60, memoryBytes: 512 * 2 ** 20, outBytes: 2 ** 20 };
/** 300 rows in batches of 32: epochs of 9 steps. */
const model = { ...tinyModel, recipe: { ...tinyModel.recipe, steps: 27 } };
const plain = '(step) => step.sum(new Float32Array(step.size).fill(1)).times(1 / step.expectedSize)';

async function run(defense: JobFolder['defense'], kind: DefenseKind, of = model, asked = true) {
  const { job, remove } = tinyJob(defense, kind, of, asked);
  return runIn(jailOf('bubblewrap'), { job, backend: 'wasm', limits }).finally(remove);
}

/** The weights after each epoch of the undefended run, by the harness itself. */
async function wanted(): Promise<Weights[]> {
  const { tf } = await openEngine('wasm');
  const epochs: Weights[] = [];
  const given = { tf, model, train: tinySet(0), streams: tinyStreams, epochs: 3 };
  for await (const { weights } of trainEpochs(given)) epochs.push(weights);
  return epochs;
}

describe.runIf(requires('bubblewrap'))('the weights after each epoch', () => {
  beforeAll(built);

  test.each<[string, JobFolder['defense'], DefenseKind]>([
    ['a shape', { code: `export default { shape: ${plain} };` }, 'shape'],
    [
      'a filter, whatever it trained before',
      {
        code: 'export default { async filter(train, host) { await host.fit(train, { epochs: 5 }); return new Float32Array(train.n).fill(1); } };',
      },
      'filter',
    ],
    ['a control', { rowWeights: new Float32Array(300).fill(1) }, 'filter'],
    [
      'a train that trains with host.fit',
      { code: 'export default { train: ({ train }, host) => host.fit(train) };' },
      'train',
    ],
  ])(
    'of %s leave the jail where they are asked for, and the model is the one without them',
    async (_, defense, kind) => {
      const asked = await run(defense, kind);
      const epochs = epochsFrom(asked, model);
      expect(epochs).toEqual(await wanted());
      expect(weightsFrom(asked, limits, model)).toEqual([epochs.at(-1)]);
      const plainly = await run(defense, kind, model, false);
      expect(epochsFrom(plainly, model)).toEqual([]);
      expect(weightsFrom(plainly, limits, model)).toEqual(weightsFrom(asked, limits, model));
    },
  );

  test('of a train that trains twice are those of its last training, and one that trains by itself leaves none', async () => {
    const twice =
      'export default { train: async ({ train }, host) => { await host.fit(train, { epochs: 4 }); return host.fit(train, { epochs: 2 }); } };';
    const ran = await run({ code: twice }, 'train');
    const epochs = epochsFrom(ran, model);
    expect(epochs).toHaveLength(2);
    expect(weightsFrom(ran, limits, model)).toEqual([epochs[1]]);
    const alone =
      'export default { train: ({ model }) => model.weights.map(({ name, shape }) => ({ name, shape, data: new Float32Array(shape.reduce((a, b) => a * b)) })) };';
    expect(epochsFrom(await run({ code: alone }, 'train'), model)).toEqual([]);
  });

  test('of an epoch that was not finished are none', async () => {
    const steps = (count: number) => ({ ...model, recipe: { ...model.recipe, steps: count } });
    const code = `export default { shape: ${plain} };`;
    expect(epochsFrom(await run({ code }, 'shape', steps(26)), model)).toHaveLength(2);
    expect(epochsFrom(await run({ code }, 'shape', steps(8)), model)).toEqual([]);
  });
});

describe('what a stranger left as weights of epochs is read strictly', () => {
  const weights: Weights = model.weights.map(({ name, shape }) => ({
    name,
    shape,
    data: new Float32Array(shape.reduce((a, b) => a * b, 1)),
  }));
  const out = (files: Record<string, Weights>) => ({
    out: new Map(
      Object.entries(files).map(([name, content]) => [`epochs/${name}.safetensors`, writeSafetensors(content)]),
    ),
  });
  const first = (data: Float32Array) => weights.map((array, index) => (index === 0 ? { ...array, data } : array));

  test('in the order of their numbers', () => {
    const one = first(new Float32Array(weights[0]!.data.length).fill(1));
    expect(epochsFrom(out({ '002': weights, '001': one }), model)).toEqual([one, weights]);
  });

  test.each<[string, Record<string, Weights>, RegExp]>([
    ['that do not begin with 1', { '002': weights }, /bad-output: .*there is epochs\/002.* no epochs\/001/],
    ['that leave one out', { '001': weights, '003': weights }, /bad-output: .*there is epochs\/003.* no epochs\/002/],
    ['that begin with 0', { '000': weights, '001': weights }, /bad-output: .*there is epochs\/000/],
    [
      'of which one lacks an array',
      { '001': weights, '002': weights.slice(1) },
      /bad-output: epochs\/002\.safetensors: 1 arrays/,
    ],
    [
      'of which one is not finite',
      { '001': first(new Float32Array(weights[0]!.data.length).fill(Number.NaN)) },
      /not-finite: epochs\/001/,
    ],
  ])('those %s are refused', (_, files, refusal) => {
    expect(() => epochsFrom(out(files), model)).toThrow(refusal);
  });
});
