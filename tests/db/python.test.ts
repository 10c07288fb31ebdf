import { beforeAll, beforeEach, expect, it } from 'vitest';
import { findSuite } from '../../lib/catalog/suites/index.ts';
import { Card } from '../../lib/contract/card.ts';
import { evaluationsOf } from '../../lib/db/evaluation-views.ts';
import { leaseJob } from '../../lib/db/lease.ts';
import { standings } from '../../lib/db/standings.ts';
import { submit } from '../../lib/db/submit.ts';
import { harness, harnessDigests } from '../../lib/harness.ts';
import type { SignedIn } from '../../lib/viewer.ts';
import { built } from '../support/built.ts';
import { onEveryDriver } from '../support/drivers.ts';
import * as queue from '../support/queue.ts';

/** A defense in Python is a submission like any other, whose jobs ask for its set of packages. */
onEveryDriver(() => {
  let user: SignedIn;
  beforeAll(built);
  beforeEach(async () => {
    await queue.clearQueue();
    user = { id: await queue.makeUser(), name: 'Ada', role: 'researcher', local: true };
  });

  const filter = 'import numpy as np\n\n\ndef filter(train, host):\n    return np.ones(train.n)\n';
  const shape = 'import numpy as np\n\n\ndef shape(step, host):\n    return step.sum(np.ones(step.size))\n';
  const submitted = async (code = filter, suite = 'smoke-1') => {
    const request = { name: 'In Python', suite, language: 'python' as const, code, card: Card.parse({}) };
    return (await submit(user, request)).id;
  };
  const lease = ({ id, leaseLabels }: queue.TestRunner, harnesses = harnessDigests()) =>
    leaseJob({ id, labels: leaseLabels }, queue.newToken(), harnesses);

  it('waits, and says at once for which set, where no runner has it', async () => {
    const runner = await queue.makeRunner();
    const id = await submitted();
    expect((await evaluationsOf(id))[0]).toMatchObject({
      state: 'queued',
      waiting: 'No runner has the Python set numpy; it waits until one has.',
    });
    expect((await standings(findSuite('smoke-1')!)).find(({ submission }) => submission === id)).toMatchObject({
      runtime: 'python:numpy',
      note: 'No runner has the Python set numpy; it waits until one has.',
    });
    expect(await lease(runner)).toBeNull();
  });

  it('is leased to a runner with its set, under the harness of its runtime', async () => {
    const runner = await queue.makeRunner('official', ['engine:wasm', 'jail', 'python:numpy']);
    const id = await submitted();
    expect((await evaluationsOf(id))[0]).toMatchObject({ state: 'queued', waiting: null });
    expect(await lease(runner, [harness().digest])).toBeNull();
    expect(await lease(runner)).toMatchObject({
      moduleKind: 'filter',
      moduleRuntime: 'python:numpy',
      harnessDigest: harness('python:numpy').digest,
    });
    expect(harness('python:numpy').digest).not.toBe(harness().digest);
  });

  it('that trains is a job for PyTorch, whatever usual engine its runner offers', async () => {
    const runner = await queue.makeRunner('official', ['engine:wasm', 'jail', 'python:torch']);
    const id = await submitted(shape, 'smoke-2');
    expect((await evaluationsOf(id))[0]).toMatchObject({ state: 'queued', waiting: null, engine: 'torch' });
    expect(await lease(runner)).toMatchObject({ moduleKind: 'shape', moduleRuntime: 'python:torch', engine: 'torch' });
  });

  it('that trains is refused in one sentence for a suite without numbers of PyTorch', async () => {
    await expect(submitted(shape, 'core-2')).rejects.toThrow(
      'suite: core-2 has no undefended numbers of PyTorch, against which a module in Python that trains is held; it can be held on smoke-1 and smoke-2.',
    );
  });
});
