import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { outcomeText } from '../../app/ui/words.ts';
import type { TrialResult } from '../../lib/contract/result.ts';
import { projectDir } from '../../runner/host/dist.ts';
import { LocalSite, until } from '../support/local-site.ts';
import { requires } from '../support/requires.ts';

const example = readFileSync(join(projectDir, 'runner/defenses/examples/shape.mjs'), 'utf8');
const never = 'export default { async filter() { for (;;) {} } };\n';

type Seen = {
  state: string;
  trials: TrialResult[];
  attempts: { job: string; attempt: number; outcome: string | null }[];
};

/** The real site with its real runner. Leases run out and time limits pass at their real length: minutes. */
describe.runIf(requires('bubblewrap', 'fashion-mnist'))('a runner at work', () => {
  let site: LocalSite;
  let token: string;
  const seen = (id: string) => site.json<Seen>(`/api/v1/submissions/${id}?suite=smoke-1`);
  const post = async <T>(path: string, body: unknown, headers: Record<string, string> = {}): Promise<T> => {
    const answer = await fetch(`${site.origin}/api/v1/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    expect(answer.status).toBe(201);
    return answer.json() as Promise<T>;
  };
  const submit = async (name: string, code: string) => {
    const body = { name, suite: 'smoke-1', code, card: {} };
    return (await post<{ id: string }>('submissions', body, { authorization: `Bearer ${token}` })).id;
  };

  beforeAll(async () => {
    site = await LocalSite.start();
    ({ token } = await post<{ token: string }>('tokens', { link: site.signInLink }));
  }, 360_000);
  afterAll(() => site?.stop(), 30_000);

  it('that is killed in the middle of a job is followed by another, which ends it on a later attempt, with one result', async () => {
    const id = await submit('killed midway', `${example}// again\n`);
    await until('running', 300_000, async () => (await seen(id)).state === 'running');
    const killed = site.runnerPid;
    process.kill(killed, 'SIGKILL');
    await until('scored', 600_000, async () => (await seen(id)).state === 'scored', 1000);
    const { attempts, trials } = await seen(id);
    expect(site.runnerPid).not.toBe(killed);
    expect(site.output).toContain(`The runner (process ${killed}) ended with SIGKILL`);
    expect(attempts.filter(({ attempt, outcome }) => attempt === 1 && outcome === 'expired').length).toBeGreaterThan(0);
    for (const job of new Set(attempts.map((one) => one.job)))
      expect(attempts.filter((one) => one.job === job && one.outcome === 'succeeded')).toHaveLength(1);
    expect(new Set(trials.map(({ scenario, budget, seed }) => `${scenario} ${budget} ${seed}`)).size).toBe(12);
    expect(trials).toHaveLength(12);
  }, 1_000_000);

  it('ends a module that never returns as timed out, says so on its page, and on no other row', async () => {
    const id = await submit('never returns', never);
    await until('timed-out trials', 600_000, async () => (await seen(id)).state === 'failed', 1000);
    const { trials } = await seen(id);
    expect(trials.map(({ outcome }) => outcome)).toContain('timed-out');
    expect(trials.filter(({ outcome }) => outcome !== 'timed-out' && outcome !== 'not-run')).toEqual([]);
    const page = await (await fetch(`${site.origin}/submissions/${id}`)).text();
    expect(page).toContain(outcomeText['timed-out'].name);
    const { rows } = await site.json<{ rows: { submission: string }[] }>('/api/v1/suites/smoke-1/standings');
    for (const other of rows.filter(({ submission }) => submission !== id))
      expect((await seen(other.submission)).trials.filter(({ outcome }) => outcome === 'timed-out')).toEqual([]);
  }, 700_000);
});
