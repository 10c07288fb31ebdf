import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../runner/doctor/examine.ts';
import { antidote } from '../../support/command-line.ts';

const bare = mkdtempSync(join(tmpdir(), 'antidote-bare-'));

async function examined(env: Record<string, string>): Promise<Map<string, Finding>> {
  const { code, out } = await antidote(['doctor', '--json'], env);
  expect(code).toBe(0);
  const { parts } = JSON.parse(out) as { parts: Finding[] };
  return new Map(parts.map((part) => [part.id, part]));
}

describe('doctor', () => {
  it('names what a bare machine lacks, what goes without it, and the command that mends it', async () => {
    const found = await examined({ PATH: bare, XDG_CACHE_HOME: bare, ANTIDOTE_DATA: bare });
    const fixes = {
      jail: 'apt-get install bubblewrap',
      chromium: 'apt-get install chromium',
      compiler: 'apt-get install g++',
      'native-engine': 'npm run engine:native',
      'fashion-mnist': 'npm start',
    };
    for (const [id, fix] of Object.entries(fixes))
      expect([id, found.get(id)]).toEqual([
        id,
        expect.objectContaining({ ok: false, fix: expect.stringContaining(fix), for: expect.stringMatching(/\w{4}/) }),
      ]);
    expect(found.get('engine')).toMatchObject({ ok: true, detail: expect.stringContaining('wasm') });
  });

  it('does not take a wish for an engine: one that does not load is lacking', async () => {
    const found = await examined({ XDG_CACHE_HOME: bare, ANTIDOTE_BACKEND: 'tensorflow' });
    expect(found.get('engine')).toMatchObject({
      ok: false,
      fix: 'npm run engine:native',
      detail: expect.stringMatching(/ANTIDOTE_BACKEND=tensorflow.*not installed/),
    });
  });

  it('does not take a wish for a jail: one asked for by name that does not start is lacking, and no other takes its place', async () => {
    const found = await examined({ PATH: bare, ANTIDOTE_JAIL: 'gvisor' });
    expect(found.get('jail')).toMatchObject({
      ok: false,
      fix: expect.stringContaining('apt-get install runsc'),
      detail: expect.stringMatching(/^ANTIDOTE_JAIL is 'gvisor', and runsc.* not installed: apt-get install runsc/),
    });
    const ran = await antidote(['evaluate', 'none', '--suite', 'smoke-1'], { PATH: bare, ANTIDOTE_JAIL: 'gvisor' });
    expect(ran.code).toBe(3);
    expect(ran.err).toContain("ANTIDOTE_JAIL is 'gvisor', and runsc");
  });

  it('refuses a jail that there is not, naming those that there are', async () => {
    const { code, err } = await antidote(['doctor'], { ANTIDOTE_JAIL: 'docker' });
    expect(code).not.toBe(0);
    expect(err).toMatch(/ANTIDOTE_JAIL is 'docker'.*bubblewrap.*gvisor/);
  });

  it('says the same in words', async () => {
    const { out } = await antidote(['doctor'], { PATH: bare });
    expect(out).toMatch(/^lacking {2}Chromium: .*\n +for the browser tests; run: apt-get install chromium$/m);
    expect(out).toMatch(/^ok {7}Node\.js: v\d+/m);
  });
});
