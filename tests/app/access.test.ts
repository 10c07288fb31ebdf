import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { routes } from '../../lib/api/routes.ts';
import { AppError } from '../../lib/errors.ts';
import type { Viewer } from '../../lib/viewer.ts';
import {
  jar,
  cookie as ofBrowser,
  actionRows as otherActionRows,
  type Presser,
  pressers,
} from '../support/access/actions.ts';
import {
  type Caller,
  type Cast,
  callers,
  castWith,
  cookieOf,
  makeRunners,
  proofOf,
  routeOf,
  urlOf,
} from '../support/access/callers.ts';
import { type Door, otherRoutes, rows } from '../support/access/routes.ts';
import { seasonActionRows } from '../support/access/season-actions.ts';
import { onPglite } from '../support/pglite.ts';

/** Every caller at every door: what may be done is written down, and nothing else may. */

const cookie = vi.hoisted(() => ({ viewer: null as Viewer }));
await vi.hoisted(async () => {
  const { mkdtempSync } = await import('node:fs');
  const { tmpdir } = await import('node:os');
  process.env.ANTIDOTE_DATA = mkdtempSync(`${tmpdir()}/antidote-access-`);
});
vi.mock('../../lib/auth.ts', async (original) => ({
  ...(await original<typeof import('../../lib/auth.ts')>()),
  currentViewer: async () => cookie.viewer,
  requireViewer: async () => {
    if (!cookie.viewer) throw new AppError('unauthenticated', 'Sign in first.');
    return cookie.viewer;
  },
}));
vi.mock('next-auth', async (original) => ({
  ...(await original<typeof import('next-auth')>()),
  getServerSession: async () => ({ id: ofBrowser.session }),
}));
vi.mock('next/cache', () => ({ revalidatePath: () => {} }));
vi.mock('next/headers', () => ({
  headers: async () => new Headers(),
  cookies: async () => ({
    getAll: () => [{ name: 'next-auth.session-token' }],
    delete: (name: string) => jar.push(name),
    set: (name: string) => jar.push(name),
  }),
}));

onPglite();

const actionRows = { ...otherActionRows, ...seasonActionRows };

let runners: Pick<Cast, 'runner' | 'otherRunner'>;
beforeAll(async () => {
  runners = await makeRunners();
});

type Handler = (request: Request, context: { params: Promise<unknown> }) => Promise<Response>;

async function handlerOf(door: string): Promise<Handler> {
  const [method, path] = door.split(' ') as [string, string];
  const folder = path
    .slice(1)
    .replace(/\{(\w+)\*\}/g, '[...$1]')
    .replace(/\{(\w+)\}/g, '[$1]');
  return (await import(/* @vite-ignore */ `../../app/${folder}/route.ts`))[method];
}

async function statusFor(door: Door, caller: Caller): Promise<number> {
  const cast = await castWith(runners);
  const { params = {}, query, json, text, lease } = (await rows[door].asks?.(cast, caller)) ?? {};
  const sent = text ?? (json === undefined ? undefined : JSON.stringify(json));
  const body = sent === undefined ? undefined : new TextEncoder().encode(sent);
  const method = door.split(' ')[0]!;
  const url = urlOf(door, params, query);
  cookie.viewer = cookieOf(caller, cast);
  const proof = await proofOf(
    caller,
    routeOf(door),
    { method, url, ...(body && { body }), ...(lease && { lease }) },
    cast,
  );
  const headers = {
    host: 'localhost:3000',
    ...(json !== undefined && { 'content-type': 'application/json' }),
    ...proof,
  };
  const request = new Request(url, { method, headers, ...(body && { body }) });
  return (await (await handlerOf(door))(request, { params: Promise.resolve(params) })).status;
}

describe('every route', () => {
  it('has its row in the matrix, and no row is of none', () => {
    expect(Object.keys(rows).sort()).toEqual([...Object.keys(routes), ...otherRoutes].sort());
  });

  it('outside the table of routes is named here', () => {
    const files = readdirSync('app', { recursive: true }).map(String);
    const there = files
      .filter((file) => file.endsWith('/route.ts') && !file.startsWith('api/'))
      .map((file) => {
        const [, method] = /^export const (GET|POST)\b/m.exec(readFileSync(`app/${file}`, 'utf8'))!;
        return `${method} /${file.replace('/route.ts', '').replace(/\[(\w+)\]/g, '{$1}')}`;
      });
    expect(there.sort()).toEqual([...otherRoutes].sort());
  });

  it.each(Object.keys(rows) as Door[])('answers each caller as the matrix has it: %s', async (door) => {
    const { answers } = rows[door];
    const found: Partial<Record<Caller, number>> = {};
    for (const caller of callers) found[caller] = await statusFor(door, caller);
    expect(found).toEqual(
      typeof answers === 'number' ? Object.fromEntries(callers.map((caller) => [caller, answers])) : answers,
    );
  });
});

/** Every source of the pages that the browser may call. */
const actionFiles = readdirSync('app', { recursive: true })
  .map(String)
  .filter((file) => /\.tsx?$/.test(file) && /^\s*['"]use server['"]/m.test(readFileSync(`app/${file}`, 'utf8')));
type Action = (...args: unknown[]) => Promise<unknown>;
const actions: Record<string, Action> = Object.fromEntries(
  (
    await Promise.all(
      actionFiles.map(async (file) =>
        Object.entries<Action>(await import(/* @vite-ignore */ `../../app/${file}`)).map(
          ([name, action]) => [`${file} ${name}`, action] as const,
        ),
      ),
    )
  ).flat(),
);

async function isDoneBy(name: string, presser: Presser): Promise<boolean> {
  const cast = await castWith(runners);
  const { form, before, done } = await actionRows[name]!.asks(cast, presser);
  const sent = new FormData();
  for (const [field, value] of Object.entries(form)) sent.set(field, value);
  jar.length = 0;
  cookie.viewer = presser === 'nobody' ? null : cast[presser];
  try {
    await actions[name]!(...(before === undefined ? [] : [before]), sent);
  } catch (error) {
    // What it throws else is a page's 500: who may not is told so in the form, or led to sign in.
    if (!(error instanceof Error && error.message === 'NEXT_REDIRECT')) throw error;
  }
  return done();
}

describe('every server action', () => {
  it('has its row in the matrix, and no row is of none', () => {
    expect(Object.keys(actionRows).sort()).toEqual(Object.keys(actions).sort());
  });

  it.each(Object.keys(actionRows))('does its work for those who may, and for nobody else: %s', async (name) => {
    const found: Presser[] = [];
    for (const presser of pressers) if (await isDoneBy(name, presser)) found.push(presser);
    expect(found).toEqual(actionRows[name]!.may);
  });
});
