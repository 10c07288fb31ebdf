import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { antidote } from '../../support/command-line.ts';
import { freePort } from '../../support/free-port.ts';
import { serve } from '../../support/http-server.ts';

const secret = 'a-secret-of-this-very-data-folder';
const site = await serve((request, response) => {
  if (request.url === '/api/v1/health') return response.end(JSON.stringify({ ok: true }));
  return request.headers.authorization === `Bearer ${secret}`
    ? response.end(JSON.stringify({ link: 'http://localhost:1/sign-in?token=x', rows: 3 }))
    : response.writeHead(401).end(JSON.stringify({ code: 'unauthenticated', detail: 'no' }));
});
/** As `npm start` is seen from outside. */
const holder = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 300_000)', 'antidote']);
afterAll(() => {
  site.close();
  holder.kill('SIGKILL');
});

const data = mkdtempSync(join(tmpdir(), 'antidote-data-'));
const write = (name: string, text: string) => writeFileSync(join(data, name), `${text}\n`);
const nowhere = String(await freePort());
/** PORT and ANTIDOTE_URL lead nowhere. */
const chore = (args: string[], variables: Record<string, string> = {}) =>
  antidote(args, { ANTIDOTE_DATA: data, ANTIDOTE_URL: 'http://127.0.0.1:9', PORT: nowhere, ...variables });

beforeEach(() => {
  rmSync(data, { recursive: true });
  mkdirSync(data);
});

describe('a chore', () => {
  beforeEach(() => write('chores.secret', secret));

  it('finds the running site by the data folder alone', async () => {
    write('start.pid', String(holder.pid));
    write('site.address', site.origin);
    expect(await chore(['sign-in-link'])).toEqual({ code: 0, out: 'http://localhost:1/sign-in?token=x\n', err: '' });
    expect(await chore(['dump', join(data, 'new.dump')])).toEqual({
      code: 0,
      out: '',
      err: expect.stringMatching(/^3 rows are in /),
    });
  });

  it('finds a site that was started in another way by PORT', async () => {
    const { port } = new URL(site.origin);
    expect((await chore(['sign-in-link'], { PORT: port, HOST: '127.0.0.1' })).code).toBe(0);
  });

  it('does not follow the address that a dead start left behind', async () => {
    write('start.pid', '999999999');
    write('site.address', site.origin);
    const { code, err } = await chore(['sign-in-link']);
    expect([code, err]).toEqual([3, expect.stringContaining(`http://localhost:${nowhere} `)]);
  });

  it('names what it reads where no site answers, and not ANTIDOTE_URL', async () => {
    const commands = [['sign-in-link'], ['audit'], ['rescore', '--check'], ['runner-code']];
    for (const { code, out, err } of await Promise.all(commands.map((args) => chore(args)))) {
      expect([code, out, err]).toEqual([3, '', expect.stringMatching(/^No answer from \S+ \(ECONNREFUSED\)\. .*\n$/)]);
      for (const name of [data, 'ANTIDOTE_DATA', 'PORT']) expect(err).toContain(name);
      expect(err).not.toContain('ANTIDOTE_URL');
    }
  });

  it('says who holds the data folder where its site does not answer yet', async () => {
    write('start.pid', String(holder.pid));
    const commands = [['sign-in-link'], ['dump', join(data, 'new.dump')]];
    for (const { code, err } of await Promise.all(commands.map((args) => chore(args))))
      expect([code, err]).toEqual([3, expect.stringMatching(`Process ${holder.pid} .*${data}.*try again.* PORT `)]);
  });

  it('says that another site answers in its place', async () => {
    write('chores.secret', 'another');
    const { code, err } = await chore(['audit'], { PORT: new URL(site.origin).port });
    expect([code, err]).toEqual([2, expect.stringMatching(`has another data folder than ${data}: set PORT`)]);
  });
});

it('without a secret there is no site, and the sentence names the folder', async () => {
  const { code, err } = await chore(['audit']);
  expect([code, err]).toEqual([3, expect.stringMatching(`^No site runs on the data folder ${data}; .*ANTIDOTE_DATA`)]);
});

it('without a secret as yet, a site that starts is said to start', async () => {
  write('start.pid', String(holder.pid));
  const { code, err } = await chore(['audit']);
  expect([code, err]).toEqual([
    3,
    expect.stringMatching(`^Process ${holder.pid} runs the site .*try again in a minute`),
  ]);
});

it('a secret that can’t be read is not taken for none', async () => {
  mkdirSync(join(data, 'chores.secret'));
  const { err } = await chore(['audit']);
  expect(err).toMatch(/chores\.secret: it is a folder \(EISDIR\)/);
});

describe('a command for the site at ANTIDOTE_URL', () => {
  it('says that the variable is not set, and that PORT was taken', async () => {
    const { code, err } = await chore(['season', 'status'], { ANTIDOTE_URL: '' });
    expect([code, err]).toEqual([3, expect.stringMatching(`ANTIDOTE_URL is not set, .*PORT \\(${nowhere}\\)`)]);
  });

  it('names no variable where a link decides', async () => {
    const { code, err } = await chore(['login', '--link', `http://localhost:${nowhere}/sign-in?token=x`]);
    expect([code, err]).toEqual([3, expect.stringMatching(/site of the link/)]);
    expect(err).not.toMatch(/ANTIDOTE_URL|PORT/);
  });
});
