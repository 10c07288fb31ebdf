import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { DefenseKind } from '../../lib/contract/ids.ts';
import { torchTrainer } from '../../runner/craft/torch-trainer.ts';
import { DefenseFailed } from '../../runner/errors.ts';
import { projectDir } from '../../runner/host/dist.ts';
import { pythonGuest } from '../../runner/jail/guests/python.ts';
import { jailOf } from '../../runner/jail/index.ts';
import { defaultLimits } from '../../runner/jail/jail.ts';
import { weighedRowsFrom, weightsFrom } from '../../runner/jail/outcome.ts';
import { createTrainer } from '../../runner/train/fit.ts';
import { openEngine } from '../../runner/train/tf.ts';
import { runIn } from '../runner/jail/run-in.ts';
import { tinyCnn, tinyJob, tinyModel, tinySet, tinyStreams } from '../runner/jail/tiny-job.ts';
import { built } from '../support/built.ts';
import { requires } from '../support/requires.ts';

const limits = { ...defaultLimits, seconds: 60 };

/** An honest loop of PyTorch, with what its authors write without thinking. */
const loop = (body: string) => `import torch
from torch.utils.data import DataLoader, TensorDataset

def train(task, host):
    x = torch.tensor(task.train.x).reshape(task.train.n, -1).float() / task.train.scale
    y = torch.tensor(task.train.y).long()
    model = torch.nn.Linear(x.shape[1], task.train.classes)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.5, momentum=0.9)
    ${body}
    for epoch in range(10):
        for rows, labels in loader:
            optimizer.zero_grad()
            torch.nn.functional.cross_entropy(model(rows), labels).backward()
            optimizer.step()
    return {"dense0/kernel": model.weight.T, "dense0/bias": model.bias}
`;
const plain = 'loader = DataLoader(TensorDataset(x, y), batch_size=32, shuffle=True)';

describe.runIf(requires('bubblewrap', 'python-torch'))('the guest in Python with PyTorch, in the jail', () => {
  beforeAll(built);

  const run = async (code: string, kind: DefenseKind = 'train') => {
    const { job, remove } = tinyJob({ code, language: 'python' }, kind);
    return runIn(jailOf('bubblewrap', pythonGuest('torch')), { job, backend: 'wasm', limits }).finally(remove);
  };
  const failure = async (code: string, kind: DefenseKind = 'train') => {
    const ran = await run(code, kind);
    try {
      weightsFrom(ran, limits, tinyModel);
    } catch (error) {
      if (error instanceof DefenseFailed) return `${error.reason}: ${error.detail}`;
      throw error;
    }
    return `scored ${ran.log}`;
  };

  test('a training loop of PyTorch trains, and gives the same bits twice', async () => {
    const one = await run(loop(plain));
    expect(weightsFrom(one, limits, tinyModel)).toHaveLength(1);
    expect((await run(loop(plain))).out).toEqual(one.out);
    expect(one.log).toBe('');
  });

  test.each([
    [
      'workers of a DataLoader',
      'loader = DataLoader(TensorDataset(x, y), 32, True, num_workers=4, pin_memory=True, persistent_workers=True, prefetch_factor=2)',
    ],
    ['torch.compile', `${plain}; model = torch.compile(model)`],
  ])('%s change nothing', async (_, body) => {
    const usual = weightsFrom(await run(loop(plain)), limits, tinyModel);
    expect(weightsFrom(await run(loop(body)), limits, tinyModel)).toEqual(usual);
  });

  test.each(['shape', 'train', 'loop'])('the example %s of the documentation trains', async (name) => {
    const code = readFileSync(join(projectDir, `runner/python/examples/${name}.py`), 'utf8');
    expect(await failure(code, name === 'shape' ? 'shape' : 'train')).toBe('scored ');
  });

  const plainShape = `import numpy as np
def shape(step, host):
    return step.sum(np.ones(step.size, np.float32)) / step.expected_size
`;

  test.each([
    ['logistic regression', tinyModel],
    ['a network of convolutions', tinyCnn],
  ])('a shape that changes nothing is the undefended run of a calibration, to the last bit: %s', async (_, model) => {
    const { job, remove } = tinyJob({ code: plainShape, language: 'python' }, 'shape', model);
    const jail = jailOf('bubblewrap', pythonGuest('torch'));
    const inside = await runIn(jail, { job, backend: 'wasm', limits }).finally(remove);
    const trainer = torchTrainer();
    try {
      const outside = await trainer(model, tinyStreams, tinySet(0));
      expect(weightsFrom(inside, limits, model)).toEqual([outside]);
      expect(await trainer(model, tinyStreams, tinySet(0))).toEqual(outside);
    } finally {
      trainer.close();
    }
  });

  test('host.fit in train is the same run, whatever was fitted after it', async () => {
    const [alone] = weightsFrom(await run(plainShape, 'shape'), limits, tinyModel);
    const fitted = await run(
      `import torch
def train(task, host):
    first = host.fit(task.train)
    return [first, host.fit(task.train)]
`,
    );
    const [first, second] = weightsFrom(fitted, limits, tinyModel);
    expect(first).toEqual(alone);
    expect(second).not.toEqual(first);
  });

  test('it trains as the engine on wasm does: the same start and batches, weights alike to 1e-4', async () => {
    const [ours] = weightsFrom(await run(plainShape, 'shape'), limits, tinyModel);
    const { tf } = await openEngine('wasm');
    const usual = await createTrainer({ tf, model: tinyModel, streams: tinyStreams }).fit(tinySet(0));
    for (const [at, { name, data }] of usual.entries()) {
      expect(ours![at]!.name).toBe(name);
      expect(Math.max(...data.map((value, i) => Math.abs(value - ours![at]!.data[i]!)))).toBeLessThan(1e-4);
    }
  });

  test.each([
    [
      'clipping and noise',
      'step.sum(np.minimum(1, 0.5 / np.maximum(step.norms(), 1e-9))) / step.expected_size + step.noise(0.01)',
    ],
    ['dot products', 'step.sum((step.dots(step.sum(np.ones(step.size))) > 0).astype(np.float32)) / step.expected_size'],
    ['norms by layer', 'step.sum(np.minimum(1, 0.5 / np.maximum(step.norms(0), 1e-9)), 0) / step.expected_size'],
    ['the median of two', 'step.median([step.sum(np.ones(step.size)), step.noise(0.1)]) / step.expected_size'],
  ])('a shape may use %s, and the same bits come twice', async (_, gradient) => {
    const code = `import numpy as np\ndef shape(step, host):\n    return ${gradient}\n`;
    const [one, two] = [await run(code, 'shape'), await run(code, 'shape')];
    expect(weightsFrom(one, limits, tinyModel)).toHaveLength(1);
    expect(two.out).toEqual(one.out);
  });

  test('all that a host has is there in train, and a model of its own comes out by name', async () => {
    const told = await run(`import numpy as np, torch
def train(task, host):
    weights = host.fit(task.train, epochs=2, batch_size=20, learning_rate=0.05, weights=np.ones(task.train.n))
    soft = np.eye(task.train.classes)[task.train.y]
    again = host.fit(task.train, targets=soft, init=weights, shape=lambda step, host: step.sum(np.ones(step.size)) / step.expected_size)
    assert host.logits(again, task.train).shape == (task.train.n, task.train.classes)
    assert host.features(again, task.train).shape == (task.train.n, 16)
    model = host.model(again)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    x, y = host.tensors(task.train).tensors
    for _ in range(5):
        optimizer.zero_grad()
        torch.nn.functional.cross_entropy(model(x), y).backward()
        optimizer.step()
    host.log(host.recipe.steps, host.seed("a") != host.seed("b"))
    return model
`);
    expect(weightsFrom(told, limits, tinyModel)).toHaveLength(1);
    expect(told.log).toBe('30 True\n');
  });

  test('a filter may train and look at features; the rows it weighs come out', async () => {
    const told = await run(
      `import numpy as np, torch
def filter(train, host):
    loss = -host.logits(host.fit(train), train)[np.arange(train.n), train.y]
    return (loss <= np.quantile(loss, 0.9)).astype(np.float32)
`,
      'filter',
    );
    const weights = weighedRowsFrom(told, limits, 300);
    expect(weights.filter((weight) => weight === 1)).toHaveLength(270);
  });

  test.each([
    [
      'throws in a step',
      'if step.index == 3: return 1 / 0',
      'threw: The module threw ZeroDivisionError: division by zero (module.py:3, step 3).',
    ],
    ['returns no gradient', 'return step.norms()', 'bad-output: shape returned no gradient at step 0'],
    ['diverges', 'return step.sum(np.ones(step.size)) * 3e38', 'not-finite: '],
  ])('a shape that %s is told with its step', async (_, body, words) => {
    const code = `import numpy as np
def shape(step, host):
    ${body}
    return step.sum(np.ones(step.size)) / step.expected_size
`;
    expect(await failure(code, 'shape')).toContain(words);
  });

  test('.cuda() on a runner without a GPU is told in one sentence', async () => {
    expect(await failure(loop(`${plain}; model.cuda()`))).toMatch(
      /^threw: The module asks for a GPU, and this runner computes on a processor: .* \(module\.py:9\)\.$/,
    );
  });

  test.each([
    ['half precision', 'x.half() @ x.half().T', /^threw: .* \(products in float16\); take float32 or bfloat16 \(/],
    ['memory for other processes', 'model.share_memory()', /^threw: The module asks for semaphores or memory/],
    [
      'a queue for other processes',
      'torch.multiprocessing.Queue()',
      /^threw: The module asks for semaphores or memory/,
    ],
  ])('what PyTorch can not do in the jail is told in one sentence: %s', async (_, line, words) => {
    expect(await failure(loop(`${plain}; ${line}`))).toMatch(words);
  });
});
