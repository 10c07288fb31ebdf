import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { chores } from '../../../lib/catalog/chores.ts';
import { eventually } from '../eventually.ts';
import type { House } from './house.ts';

/** What is submitted: so good a defense, for this suite. */
export type Entry = { name: string; suite: 'smoke-1' | 'core-1'; code: string; throws: boolean };

/** So many jobs: 2 for `smoke-1`, 10 more for `core-1` where every trial of `smoke-1` is scored. */
export function entriesFor(core: number, smoke: number): Entry[] {
  return Array.from({ length: core + smoke }, (_, n) => {
    const undoes = createHash('sha256').update(`${n}`).digest()[0]! / 255;
    const throws = n % 10 === 7;
    const told = throws ? 'throws' : `undoes ${undoes.toFixed(3)}`;
    const code = `export default { shape: (step) => step.sum(step.norms()) }; // ${n} ${told}\n`;
    return { name: `Entry ${n}`, suite: n < core ? 'core-1' : 'smoke-1', code, throws };
  });
}

/** What a caller saw that nobody should. */
export type Seen = { submitted: Map<string, string>; wrong: string[] };

/**
 * Asks until the site answers as it should; 503 and no answer are asked again, as a script would. Any other answer is
 * wrong, and is kept with what the site's log says of it.
 */
async function asked({ origin, site }: House, path: string, init: RequestInit, seen: Seen): Promise<unknown> {
  for (;;) {
    const response = await fetch(`${origin}${path}`, { ...init, signal: AbortSignal.timeout(20_000) }).catch(
      () => null,
    );
    const text = (await response?.text().catch(() => null)) ?? null;
    if (response?.ok && text !== null) return JSON.parse(text);
    await sleep(500);
    if (response && text !== null && response.status !== 503) {
      const name = /log calls it ([\da-f-]+)/.exec(text)?.[1];
      const logged = name && site.words.split('\n').find((line) => line.includes(name));
      seen.wrong.push(`${path} answered ${response.status}: ${logged ?? text.slice(0, 300)}`);
    }
  }
}

/** A token of the local user's. */
export async function tokenAt(house: House): Promise<string> {
  const { link } = await house.chore(chores.signInLink, {});
  const seen: Seen = { submitted: new Map(), wrong: [] };
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ link }) };
  return ((await asked(house, '/api/v1/tokens', init, seen)) as { token: string }).token;
}

/** Submits one after the other; each until the site has said that it has it. */
export async function submitAll(house: House, token: string, entries: readonly Entry[], pauseMs: number, seen: Seen) {
  for (const { name, suite, code } of entries) {
    const init = {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ name, suite, code, card: {} }),
    };
    const { id } = (await asked(house, '/api/v1/submissions', init, seen)) as { id: string };
    seen.submitted.set(name, id);
    await sleep(pauseMs);
  }
}

/** Waits until each of them has come to its end. */
export async function allEnded(house: House, entries: readonly Entry[], seen: Seen): Promise<void> {
  for (const { name, suite } of entries) {
    const path = `/api/v1/submissions/${seen.submitted.get(name)}?suite=${suite}`;
    await eventually(async () => {
      const { state } = (await asked(house, path, {}, seen)) as { state: string };
      if (state === 'scored' || state === 'failed') return true;
      await sleep(500);
      return false;
    });
  }
  const busy = async () => {
    const { queue } = (await asked(house, '/api/v1/health', {}, seen)) as { queue: Record<string, number> };
    return queue.waiting! + queue.leased! > 0;
  };
  await eventually(async () => !(await busy())); // what runs twice
}

/** The numbers of the board, whoever computed them and when. */
export async function boardsOf(house: House, seen: Seen): Promise<unknown[]> {
  const boards = [];
  for (const suite of ['smoke-1', 'core-1']) {
    const { rows } = (await asked(house, `/api/v1/suites/${suite}/standings`, {}, seen)) as {
      rows: Record<string, unknown>[];
    };
    boards.push(rows.map(({ submission: _, submittedAt: __, computedAt: ___, ...row }) => row).sort(byName));
  }
  return boards;
}

const byName = (a: Record<string, unknown>, b: Record<string, unknown>) => `${a.name}`.localeCompare(`${b.name}`);
