import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { DefenseKind } from '../../lib/contract/ids.ts';
import { DefenseFailed } from '../../runner/errors.ts';
import { projectDir } from '../../runner/host/dist.ts';
import { pythonGuest } from '../../runner/jail/guests/python.ts';
import { jailOf } from '../../runner/jail/index.ts';
import { defaultLimits } from '../../runner/jail/jail.ts';
import { weightsFrom } from '../../runner/jail/outcome.ts';
import { runIn } from '../runner/jail/run-in.ts';
import { tinyJob, tinyModel } from '../runner/jail/tiny-job.ts';
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

  test('.cuda() on a runner without a GPU is told in one sentence', async () => {
    expect(await failure(loop(`${plain}; model.cuda()`))).toMatch(
      /^threw: The module asks for a GPU, and this runner computes on a processor: .* \(module\.py:9\)\.$/,
    );
  });
});
