import { beforeAll, describe, expect, test } from 'vitest';
import { pythonGuest } from '../../runner/jail/guests/python.ts';
import { jailOf } from '../../runner/jail/index.ts';
import { defaultLimits } from '../../runner/jail/jail.ts';
import { weightsFrom } from '../../runner/jail/outcome.ts';
import { runIn } from '../runner/jail/run-in.ts';
import { tinyJob, tinyModel, tinySet } from '../runner/jail/tiny-job.ts';
import { built } from '../support/built.ts';
import { requires } from '../support/requires.ts';

const limits = { ...defaultLimits, seconds: 120 };

/** Logistic regression whose gradients are clipped one by one. `last` stands before the end. */
const clipped = (last = '') => `import jax
import jax.numpy as jnp
import numpy as np

def train(task, host):
    rows = task.train
    x = jnp.asarray(rows.x.reshape(rows.n, -1), jnp.float32) / rows.scale
    y = jnp.asarray(rows.y)
    start = (jnp.zeros((x.shape[1], rows.classes)), jnp.zeros(rows.classes))

    def loss(params, image, label):
        return -jax.nn.log_softmax(image @ params[0] + params[1])[label]

    @jax.jit
    def step(params, key):
        at = jax.random.randint(key, (32,), 0, rows.n)
        each = jax.vmap(jax.grad(loss), (None, 0, 0))(params, x[at], y[at])
        norms = jnp.sqrt(sum((one.reshape(32, -1) ** 2).sum(1) for one in each))
        scale = jnp.minimum(1, 1 / (norms + 1e-9))
        return tuple(old - (scale.reshape(-1, *[1] * (one.ndim - 1)) * one).mean(0) for old, one in zip(params, each))

    params = start
    for key in jax.random.split(jax.random.PRNGKey(host.seed("batches") % 2**31), 200):
        params = step(params, key)
    ${last}
    return {name: np.asarray(value) for name, value in zip(task.model.weights, params)}
`;

/** What defenses compute beside: each line would name what failed. */
const sums = `
    images = x.reshape(-1, 4, 4, 1)
    square = x.T @ x + jnp.eye(16)
    for name, value in {
        "mean": x.mean(0), "variance": x.var(), "median": jnp.median(x, 0), "covariance": jnp.cov(x.T),
        "singular values": jnp.linalg.svd(x)[1], "eigenvalues": jnp.linalg.eigh(square)[0],
        "triangle": jnp.linalg.cholesky(square), "solution": jnp.linalg.solve(square, jnp.ones(16)),
        "order": jnp.sort(x, 0), "largest": jax.lax.top_k(x, 3)[0], "running sum": jnp.cumsum(x, 0),
        "windows": jax.lax.conv(images.transpose(0, 3, 1, 2), jnp.ones((2, 1, 3, 3)), (1, 1), "SAME"),
    }.items():
        value = np.asarray(value)
        assert np.isfinite(value).all() and np.abs(value).sum() > 0, name
`;

describe.runIf(requires('bubblewrap', 'python-jax'))('the guest in Python with JAX, in the jail', () => {
  beforeAll(built);

  const run = async (code: string) => {
    const { job, remove } = tinyJob({ code, language: 'python' }, 'train');
    return runIn(jailOf('bubblewrap', pythonGuest('jax')), { job, backend: 'wasm', limits }).finally(remove);
  };

  test('trains, learns, and gives the same bits twice', async () => {
    const one = await run(clipped());
    const [weights] = weightsFrom(one, limits, tinyModel);
    expect((await run(clipped())).out).toEqual(one.out);
    const { n, classes, x, y, scale } = tinySet(1);
    const [kernel, bias] = Object.values(weights!).map(({ data }) => data);
    const right = [...y].filter((label, row) => {
      const logits = Array.from({ length: classes }, (_, unit) =>
        Array.from({ length: 16 }, (_, at) => (x[16 * row + at]! / scale) * kernel![classes * at + unit]!).reduce(
          (sum, term) => sum + term,
          bias![unit]!,
        ),
      );
      return logits.indexOf(Math.max(...logits)) === label;
    });
    expect(right.length).toBeGreaterThan(0.95 * n);
  });

  test('takes sums, orders and decompositions, without a word in the log', async () => {
    const ran = await run(clipped(sums));
    expect(weightsFrom(ran, limits, tinyModel)).toHaveLength(1);
    expect(ran.log).toBe('');
  });
});
