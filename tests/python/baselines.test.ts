import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { checkText } from '../../lib/module-check/check-text.ts';
import { projectDir } from '../../runner/host/dist.ts';
import { findSet, packagesFolder } from '../../runner/host/python/set-folder.ts';
import { pythonGuest } from '../../runner/jail/guests/python.ts';
import { jailOf } from '../../runner/jail/index.ts';
import { defaultLimits } from '../../runner/jail/jail.ts';
import { weighedRowsFrom, weightsFrom } from '../../runner/jail/outcome.ts';
import { epsilonOf, orders, renyiDivergence } from '../../runner/train/accountant.ts';
import { runIn } from '../runner/jail/run-in.ts';
import { tinyCnn, tinyJob } from '../runner/jail/tiny-job.ts';
import { built } from '../support/built.ts';
import { requires } from '../support/requires.ts';

const folder = join(projectDir, 'runner/defenses/python');
const files = readdirSync(folder);
const limits = { ...defaultLimits, seconds: 120 };

describe.runIf(requires('bubblewrap', 'python-torch'))('the baselines in Python', () => {
  beforeAll(built);

  test.each(files)('%s is a defense by the check, trains in the jail, and gives the same bits twice', async (file) => {
    const code = readFileSync(join(folder, file), 'utf8');
    const check = await checkText(code, 'python');
    if (!check.ok) throw new Error(check.message);
    const once = async () => {
      const { job, remove } = tinyJob({ code, language: 'python' }, check.kind, tinyCnn);
      return runIn(jailOf('bubblewrap', pythonGuest('torch')), { job, backend: 'wasm', limits }).finally(remove);
    };
    const [one, two] = [await once(), await once()];
    if (check.kind === 'filter') expect(weighedRowsFrom(one, limits, 300)).toHaveLength(300);
    else expect(weightsFrom(one, limits, tinyCnn)).toHaveLength(1);
    expect(two.out).toEqual(one.out);
  });
});

describe.runIf(requires('python-torch'))('the accountant of Opacus', () => {
  /** q, σ and steps of the recipe on 30,000 rows, and of published tables. */
  const runs = [
    { samplingRate: 256 / 30_000, noiseMultiplier: 0.5, steps: 702 },
    { samplingRate: 0.04, noiseMultiplier: 1.5, steps: 2250 },
    { samplingRate: 0.01, noiseMultiplier: 4, steps: 10_000 },
  ];
  const ofOpacus = (): { rdp: number[]; epsilon: number; order: number }[] => {
    const set = findSet('torch');
    if ('problem' in set) throw new Error(set.problem);
    const code = `import json, sys
from opacus.accountants.analysis.rdp import compute_rdp, get_privacy_spent
told = json.load(sys.stdin)
out = []
for run in told["runs"]:
    rdp = compute_rdp(q=run["samplingRate"], noise_multiplier=run["noiseMultiplier"], steps=run["steps"], orders=told["orders"])
    epsilon, order = get_privacy_spent(orders=told["orders"], rdp=rdp, delta=1e-5)
    out.append({"rdp": list(map(float, rdp)), "epsilon": float(epsilon), "order": float(order)})
print(json.dumps(out))`;
    const { stdout, stderr } = spawnSync(set.executable, ['-B', '-c', code], {
      input: JSON.stringify({ runs, orders }),
      encoding: 'utf8',
      env: { NODE_ENV: 'test', OMP_NUM_THREADS: '1', PYTHONPATH: packagesFolder('torch') },
    });
    if (stdout === '') throw new Error(stderr);
    return JSON.parse(stdout);
  };

  test('finds the same Rényi divergence at every order, to 1e-6, and the same ε', () => {
    for (const [at, { rdp, epsilon, order }] of ofOpacus().entries()) {
      const run = runs[at]!;
      for (const [place, own] of orders.entries()) {
        const wanted = rdp[place]!;
        expect(Math.abs(renyiDivergence(run, own) - wanted)).toBeLessThanOrEqual(1e-6 * wanted);
      }
      const spent = epsilonOf({ ...run, delta: 1e-5 });
      expect([spent.epsilon, spent.order]).toEqual([expect.closeTo(epsilon, 6), expect.closeTo(order, 9)]);
    }
  });
});
