import { mkdtempSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { antidote } from '../../support/command-line.ts';
import { serve } from '../../support/http-server.ts';

const id = '00000000-0000-4000-8000-000000000000';
const submission = { id, name: 'Mine', position: 1, progress: 0, trials: [], scores: null };
type Answer = (response: ServerResponse) => unknown;
const state = (is: string) => (response: ServerResponse) => response.end(JSON.stringify({ ...submission, state: is }));
const refused = (status: number, code: string) => (response: ServerResponse) =>
  response
    .writeHead(status, { 'content-type': 'application/problem+json' })
    .end(JSON.stringify({ code, title: 'No', detail: 'No.' }));

/** `status --watch` of a site that answers so, the last answer again and again. */
async function watched(answers: readonly Answer[]) {
  let asked = 0;
  const site = await serve((_, response) => answers[Math.min(asked++, answers.length - 1)]!(response));
  const XDG_CONFIG_HOME = mkdtempSync(join(tmpdir(), 'antidote-watch-'));
  const said = await antidote(['status', id, '--watch'], { ANTIDOTE_URL: site.origin, XDG_CONFIG_HOME });
  site.close();
  return said;
}

it('goes on over a site that is away, says so once, and ends with the evaluation', async () => {
  const away = refused(503, 'unavailable');
  const { code, out, err } = await watched([state('queued'), away, away, state('running'), state('scored')]);
  expect([code, out]).toEqual([0, expect.stringContaining(`Mine (${id}): scored`)]);
  expect(err.match(/the site does not answer; what was submitted is kept there/g)).toHaveLength(1);
});

it('is not patient with a site that never answered', async () => {
  const { code, err } = await watched([refused(503, 'unavailable')]);
  expect([code, err]).toEqual([3, expect.not.stringContaining('is kept')]);
});

it.each([
  [401, 'unauthenticated', true],
  [404, 'not-found', false],
] as const)(
  '%i ends it, and only where there is a submission it says where that is seen',
  async (status, code, kept) => {
    const { code: exit, err } = await watched([refused(status, code)]);
    expect(exit).toBeGreaterThan(0);
    expect(err.includes(`'npx antidote status ${id}' shows how far it is`)).toBe(kept);
  },
);
