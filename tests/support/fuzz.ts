import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pythonOf, schemathesis } from '../../runner/doctor/system.ts';
import { projectDir } from '../../runner/host/dist.ts';
import { PageSite } from './page-site.ts';
import { requires } from './requires.ts';

const checks = ['not_a_server_error', 'status_code_conformance', 'content_type_conformance'];

/** Requests made from the OpenAPI document, right and wrong ones: `cases` an endpoint, with an organizer's token. */
export const fuzzing = (cases: number, seeds: readonly number[]) =>
  describe.runIf(requires('schemathesis'))('the interface', () => {
    let site: PageSite;
    let folder: string;
    let token: string;
    let submission: string;
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'antidote-fuzz-'));
      site = await PageSite.start();
      const { link } = await post<{ link: string }>('chores/sign-in-link', {}, site.secret);
      ({ token } = await post<{ token: string }>('v1/tokens', { link }));
      const code = readFileSync(join(projectDir, 'runner/defenses/examples/shape.mjs'), 'utf8');
      const defense = { name: 'A defense', suite: 'smoke-1', code, card: {} };
      ({ id: submission } = await post<{ id: string }>('v1/submissions', defense, token));
    }, 600_000);
    afterAll(async () => {
      await site?.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    async function post<T>(path: string, body: unknown, bearer?: string): Promise<T> {
      const headers = { 'content-type': 'application/json', ...(bearer && { authorization: `Bearer ${bearer}` }) };
      const answer = await fetch(`${site.origin}/api/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
      return answer.json() as Promise<T>;
    }

    const findings = async (phases: string, seed: number, known: string) => {
      const config = join(folder, 'schemathesis.toml');
      writeFileSync(config, `headers = { Authorization = "Bearer ${token}" }\n${settings}${known}`, { mode: 0o600 });
      const options = ['--phases', phases, '-n', String(cases), '--seed', String(seed), '--request-timeout', '60'];
      const args = ['-m', 'schemathesis.cli', '--config-file', config, 'run', `${site.origin}/api/v1/openapi.json`];
      return said([...args, '-c', checks.join(','), ...options, '--warnings', 'off', '--no-color'], folder);
    };

    it.each(seeds)(
      'fails on our side at no request and answers nothing that its document does not name: seed %i',
      {
        timeout: 1_800_000,
      },
      async (seed) => {
        for (const [phases, known] of [
          ['coverage,fuzzing', ''],
          ['fuzzing', knownNames(submission)],
        ] as const) {
          const { code, text } = await findings(phases, seed, known);
          expect([code, code === 0 ? '' : text]).toEqual([0, '']);
          expect(Number(/(\d+) generated/.exec(text)?.[1])).toBeGreaterThan(5 * cases);
        }
        expect((await fetch(`${site.origin}/api/v1/health`)).status).toBe(200);
      },
    );
  });

/** Methods that the document does not have are tried too. The suites are not built on this site: 503, try again. */
const settings = `
[phases.coverage]
unexpected-methods = ["GET", "PUT", "POST", "DELETE", "OPTIONS", "PATCH", "TRACE"]

[[operations]]
include-path-regex = "/files/"
[operations.checks.not_a_server_error]
expected-statuses = ["2xx", "3xx", "4xx", "503"]
`;

/** What is there is asked for, so that more is reached than 404. */
const knownNames = (submission: string) => `
[parameters]
submission = "${submission}"

[[operations]]
include-path-regex = "standings|suite}$"
parameters = { suite = "smoke-1" }
`;

function said(args: readonly string[], cwd: string): Promise<{ code: number | null; text: string }> {
  const { PATH, HOME } = process.env;
  const env = { PATH, HOME, NODE_ENV: 'test' as const, PYTHONUTF8: '1' };
  const child = spawn(pythonOf(schemathesis)!, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (more: string) => {
      text += more;
    });
  return new Promise((done) => child.on('close', (code) => done({ code, text })));
}
