import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { firstBaselines } from '../../runner/defenses/index.ts';
import { projectDir } from '../../runner/host/dist.ts';
import { type Script, ScriptedRunner } from './scripted-runner.ts';

const scripts: Record<string, Script> = {
  none: { undoes: 0.02, costs: 0, slower: 1 },
  'dp-sgd': { undoes: 0.62, costs: 0.052, slower: 2.9 },
  'clip-only': { undoes: 0.6, costs: 0.048, slower: 2.4 },
  'noise-only': { undoes: 0.11, costs: 0.004, slower: 1.2 },
  'oracle-filter': { undoes: 1.02, costs: 0.001, slower: 1 },
  'random-filter': { undoes: -0.06, costs: 0.002, slower: 1.1 },
};
const example = (kind: string) => readFileSync(join(projectDir, 'runner/defenses/examples', `${kind}.mjs`), 'utf8');

export type Staged = {
  scored: string;
  collapsed: string;
  failed: string;
  /** Of its jobs, every second one failed. */
  partial: string;
  running: string;
  queued: string;
  withdrawn: string;
  /** Of the person who holds the link; others read no name. */
  anonymous: string;
  link(): Promise<string>;
  token: string;
  finishQueue(): Promise<void>;
};

/**
 * Fills a site's board with a row of every state, through its own interface: the reference defenses, and strangers'
 * that went well and did not.
 */
export async function stage(origin: string, secret: string): Promise<Staged> {
  const chore = async <T>(name: string, body: unknown): Promise<T> => {
    const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/json' };
    const answer = await fetch(`${origin}/api/chores/${name}`, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${name}: ${answer.status} ${await answer.text()}`);
    return answer.json() as Promise<T>;
  };
  const link = async () => (await chore<{ link: string }>('sign-in-link', {})).link;
  const post = async <T>(path: string, body: unknown, token?: string): Promise<T> => {
    const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
    const answer = await fetch(`${origin}/api/v1/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json() as Promise<T>;
  };

  const { digest } = JSON.parse(readFileSync(join(projectDir, 'dist/harness.json'), 'utf8')) as { digest: string };
  const runner = await ScriptedRunner.enrol(origin, secret, digest, 'lab-a');
  await chore('seed', { suite: 'smoke-1', baselines: firstBaselines });
  const { token } = await post<{ token: string }>('tokens', { link: await link() });
  const submit = async (name: string, code: string, card = {}, more = {}) =>
    (await post<{ id: string }>('submissions', { name, suite: 'smoke-1', code, card, ...more }, token)).id;
  const finishAll = async (script: (baseline: string | null) => Script) => {
    for (let lease = await runner.lease(); lease; lease = await runner.lease()) {
      await runner.log(lease, 'epoch 1 of 3\n\u001b[31mloss 0.42\u001b[0m <b>not bold</b>\n');
      await runner.finish(lease, script(lease.module.baseline));
    }
  };

  await finishAll((baseline) => scripts[baseline!]!);
  const scored = await submit('Median clip', example('shape'), {
    description:
      'Scales every example’s gradient down to the median norm of its batch.\nNo example pulls harder than most.',
    authors: [{ name: 'Ada Lovelace', orcid: '0000-0002-1825-0097' }, { name: '<script>alert(1)</script>' }],
    paper: 'https://arxiv.org/abs/2002.11497',
  });
  await finishAll(() => ({ undoes: 0.71, costs: 0.021, slower: 2.6 }));
  const collapsed = await submit('Trimmed losses of mine', example('train'));
  await finishAll(() => ({ undoes: 0.34, costs: 0.124, slower: 2.1 }));
  const failed = await submit('Never returns', 'export default { async filter() { for (;;) {} } };\n');
  await finishAll(() => ({ fails: 'timed-out', detail: 'It ran for 60 s, the limit of this trial.' }));
  const partial = await submit('Runs out of memory now and then', `${example('shape')}// large\n`);
  let job = 0;
  await finishAll(() =>
    job++ % 2 === 0
      ? { undoes: 0.5, costs: 0.02, slower: 2 }
      : { fails: 'out-of-memory', detail: 'It took more than 2 GiB.' },
  );
  const withdrawn = await submit('Withdrawn idea', `${example('filter')}// an older idea\n`);
  await post(`submissions/${withdrawn}/withdraw`, { reason: 'A mistake in the second step.' }, token);
  const anonymousUntil = new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10);
  const authors = [{ name: 'Ada Lovelace' }];
  const underReview = [`${example('filter')}// under review\n`, { authors }, { anonymousUntil }] as const;
  const anonymous = await submit('Under review', ...underReview);
  await finishAll(() => ({ undoes: 0.55, costs: 0.03, slower: 1.4 }));
  const running = await submit('Far-off rows out', example('filter'), { needsPoisonRate: true });
  const broken = (await runner.lease())!;
  await runner.fail(broken, 'The disk was full.');
  const held = (await runner.lease())!;
  await runner.beat(held, 'badnets-mlp-128 at 0.01, seed 1', 0.4);
  const queued = await submit(
    'A name of eighty characters, so that one sees what a long one does to the table',
    `${example('shape')}// again\n`,
  );
  const finishQueue = () => finishAll(() => ({ undoes: 0.7, costs: 0.02, slower: 2.6 }));
  return { scored, collapsed, failed, partial, running, queued, withdrawn, anonymous, link, token, finishQueue };
}
