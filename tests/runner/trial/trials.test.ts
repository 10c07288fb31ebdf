import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { describe, expect, it, test } from 'vitest';
import { smoke1 } from '../../../lib/catalog/suites/smoke-1.ts';
import type { ModuleRef } from '../../../lib/contract/result.ts';
import { trialsOf } from '../../../lib/contract/suite.ts';
import { checkedDefense } from '../../../runner/defenses/checked-defense.ts';
import { baselineNamed } from '../../../runner/defenses/index.ts';
import type { Evaluation } from '../../../runner/trial/evaluation.ts';
import { roomForJailsAhead } from '../../../runner/trial/jails-ahead.ts';
import { runTrials } from '../../../runner/trial/trials.ts';
import { built } from '../../support/built.ts';
import { eventually } from '../../support/eventually.ts';
import { requires } from '../../support/requires.ts';

const clean = trialsOf(smoke1).filter(({ budget, scenario }) => budget === 0 && scenario.endsWith('-lr'));
const evaluation = async (code: string, kind: ModuleRef['kind'] = 'filter', atOnce = 1): Promise<Evaluation> => ({
  suite: smoke1,
  defense: await checkedDefense(kind, code),
  backend: 'wasm',
  jail: 'bubblewrap',
  atOnce,
  artifacts: false,
});
const everlasting = 'export default { filter() { for (;;) {} } };';
const throwing = "export default { filter() { throw new Error('no'); } };";

/** Every process that this one started, however deep. */
function descendants(): { pid: number; command: string }[] {
  const all = readdirSync('/proc').flatMap((name) => {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'latin1');
      return [
        {
          pid: Number(name),
          parent: Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]),
          words: readFileSync(`/proc/${name}/cmdline`, 'latin1'),
        },
      ];
    } catch {
      return [];
    }
  });
  const found = [process.pid];
  for (let i = 0; i < found.length; i++)
    found.push(...all.filter(({ parent }) => parent === found[i]).map(({ pid }) => pid));
  return all
    .filter(({ pid, words }) => pid !== process.pid && found.includes(pid) && /trial-process|bwrap|guest/.test(words))
    .map(({ pid, words }) => ({ pid, command: words.replaceAll('\0', ' ') }));
}

describe.runIf(requires('bubblewrap', 'fashion-mnist'))('processes that run trials', () => {
  it('give every result in the order asked, failures with their reasons, and are gone afterwards', async () => {
    built();
    const { engine, trials } = await runTrials(await evaluation(throwing), clean, {
      jobs: 2,
      signal: new AbortController().signal,
    });
    expect(engine.backend).toBe('wasm');
    expect(trials.map(({ scenario, seed, outcome }) => [scenario, seed, outcome])).toEqual(
      clean.map(({ scenario, seed }) => [scenario, seed, 'threw']),
    );
    await gone();
  }, 300_000);

  it('give the same results whether the next jail opens while one trains or not, and leave nothing', async () => {
    const pids: number[] = [];
    const results = async (atOnce: number) => {
      const { kind, code } = baselineNamed('dp-sgd');
      const options = {
        jobs: 1,
        signal: new AbortController().signal,
        ended: () => pids.push(...descendants().map(({ pid }) => pid)),
      };
      const { trials } = await runTrials(await evaluation(code, kind, atOnce), clean, options);
      return trials.map(({ seconds: _, undefendedSeconds: __, peakBytes: ___, ...result }) => result);
    };
    const ahead = await results(1);
    expect(ahead.map(({ outcome }) => outcome)).toEqual(clean.map(() => 'scored'));
    await gone();
    expect(leftBy(pids)).toEqual([]);
    expect(await results(availableParallelism())).toEqual(ahead);
  }, 300_000);

  it('end at once with their jails, those that wait for a trial too, when the work is stopped', async () => {
    const stop = new AbortController();
    const reason = new Error('stopped');
    // Measures the undefended time if it is old: a process that waits for another's measurement opens no jail.
    await runTrials(await evaluation(throwing), clean.slice(0, 1), { jobs: 1, signal: stop.signal });
    const run = runTrials(await evaluation(everlasting), clean, { jobs: 2, signal: stop.signal });
    await seen(roomForJailsAhead(1) ? 4 : 2, /^\/bin\/node .*guest/); // two in use, and two that wait where there is room for them
    const pids = descendants().map(({ pid }) => pid);
    stop.abort(reason);
    await expect(run).rejects.toBe(reason);
    await gone();
    expect(leftBy(pids)).toEqual([]);
  }, 300_000);

  it('end with the whole work where our side fails, and say how', async () => {
    const options = { jobs: 2, signal: new AbortController().signal };
    const trials = [clean[0]!, { scenario: 'label-flip-lr', budget: 0.2, seed: 0 }];
    const other = { ...(await evaluation(everlasting)), suite: { ...smoke1, digest: `sha256:${'0'.repeat(64)}` } };
    await expect(runTrials(other, trials, options)).rejects.toThrow(/holds another version/);
    await gone();
  });
});

test('a trial that is not of the suite starts no process', async () => {
  const foreign = [{ scenario: 'no-such-scenario', budget: 1, seed: 0 }];
  const options = { jobs: 2, signal: new AbortController().signal };
  await expect(runTrials(await evaluation(throwing), foreign, options)).rejects.toThrow(/no-such-scenario/);
  expect(descendants()).toEqual([]);
});

/** Folders and cgroups of these processes. */
function leftBy(pids: readonly number[]): string[] {
  const cgroups = existsSync('/sys/fs/cgroup')
    ? execFileSync('find', ['/sys/fs/cgroup', '-type', 'd', '-name', 'antidote-*'], { encoding: 'utf8' })
    : '';
  return [...readdirSync(tmpdir()), ...cgroups.split('\n')].filter((path) =>
    pids.includes(Number(/antidote-\d+-(\d+)-/.exec(path)?.[1])),
  );
}

const seen = (count: number, words: RegExp) =>
  eventually(() => descendants().filter(({ command }) => words.test(command)).length >= count);
const gone = () => eventually(() => descendants().length === 0);
