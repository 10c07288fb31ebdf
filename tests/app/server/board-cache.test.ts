import { beforeEach, describe, expect, test } from 'vitest';
import { type Answer, BoardCache } from '../../../app/server/board-cache.ts';
import type { BoardView } from '../../../app/server/board-view.ts';

const usual: BoardView = { path: '/suites/core-1', theme: null };
const other = (sort: string): BoardView => ({ path: `/suites/core-1?sort=${sort}`, theme: null });

let board = 'first';
let rendered: string[] = [];
let now = 0;
let bytes = 10;
/** A rendering that has begun ends after this. */
let ready: Promise<void>;
let cache: BoardCache;
/** Who has a turn at this moment; a caller `nobody` gets none. */
let turns: string[];
const body = async (view: BoardView, who = 'me') => (await cache.answer(view, who))?.body.toString().trim();

beforeEach(() => {
  [board, rendered, now, bytes, ready] = ['first', [], 0, 10, Promise.resolve()];
  turns = [];
  const source = {
    async turn(who: string) {
      if (who === 'nobody') return null;
      turns.push(who);
      return () => void turns.splice(turns.indexOf(who), 1);
    },
    async render({ path }: BoardView): Promise<Answer | null> {
      rendered.push(path);
      const text = `${board} ${path}`.padEnd(bytes);
      await ready;
      return board === 'broken' ? null : { headers: {}, body: Buffer.from(text), etag: text };
    },
    async version() {
      if (board === 'away') throw new Error('the database does not answer');
      return board;
    },
  };
  cache = new BoardCache(source, () => now);
});

describe('the cache of the board', () => {
  test('renders a view once for all who ask, also at the same time', async () => {
    await Promise.all([body(usual), body(usual), body(usual)]);
    expect(await body(usual)).toBe('first /suites/core-1');
    expect(rendered).toEqual([usual.path]);
  });

  test('renders an unusual view in its caller’s turn alone, a usual one and a kept one without', async () => {
    let go = () => {};
    ready = new Promise((done) => {
      go = done;
    });
    const asked = body(other('cost'), 'a stranger');
    await expect.poll(() => rendered).toHaveLength(1);
    expect(turns).toEqual(['a stranger']);
    go();
    await asked;
    expect(turns).toEqual([]);
    expect(await body(other('gain'), 'nobody')).toBeUndefined();
    expect(await body(other('cost'), 'nobody')).toBe('first /suites/core-1?sort=cost');
    expect(await body(usual, 'nobody')).toBe('first /suites/core-1');
    expect(rendered).toEqual(['/suites/core-1?sort=cost', usual.path]);
  });

  test('shows what was written to the writer at once', async () => {
    await body(usual);
    board = 'second';
    cache.written('me');
    expect(await body(usual)).toBe('second /suites/core-1');
  });

  test('shows it to others within five seconds, so that many writes are not many renderings', async () => {
    await body(usual);
    for (let n = 0; n < 20; n++) {
      board = `board ${n}`;
      cache.written(`writer ${n}`);
      expect(await body(usual, 'a reader')).toBe('first /suites/core-1');
    }
    expect(rendered).toEqual([usual.path]);
    now = 5000;
    expect(await body(usual, 'a reader')).toBe('board 19 /suites/core-1');
    expect(rendered).toEqual([usual.path, usual.path]);
  });

  test('lets those who did not write share a rendering that began before a write', async () => {
    let finish = () => {};
    ready = new Promise((done) => {
      finish = done;
    });
    const all = [body(usual, 'a')];
    for (const who of ['b', 'c', 'd']) {
      cache.written('me');
      all.push(body(usual, who));
    }
    finish();
    await Promise.all(all);
    expect(rendered).toEqual([usual.path]);
  });

  test('does not render again after a write that changed no board', async () => {
    await body(usual);
    cache.written('me');
    await body(usual);
    expect(rendered).toEqual([usual.path]);
  });

  test('sees a write that came in while it rendered', async () => {
    const first = body(usual);
    cache.written('me');
    await first;
    board = 'second';
    expect(await body(usual)).toBe('second /suites/core-1');
  });

  test('gives nobody who asks after a write a rendering that began before it', async () => {
    let finish = () => {};
    ready = new Promise((done) => {
      finish = done;
    });
    const before = body(usual);
    await expect.poll(() => rendered).toEqual([usual.path]); // as the first board: it is on its way
    [board, ready] = ['second', Promise.resolve()];
    cache.written('me');
    expect(await body(usual)).toBe('second /suites/core-1');
    finish();
    expect(await before).toBe('first /suites/core-1');
    expect(await body(usual)).toBe('second /suites/core-1');
  });

  test('is compared for the writes of other processes after 2.5 seconds, and goes out as it is meanwhile', async () => {
    await body(usual);
    board = 'second';
    now = 2499;
    expect(await body(usual)).toBe('first /suites/core-1');
    now = 2500;
    expect(await body(usual)).toBe('first /suites/core-1'); // while the new one is made
    await expect.poll(() => body(usual)).toBe('second /suites/core-1');
  });

  test('shows nobody what is older than five seconds, also the first who asks then', async () => {
    await body(usual);
    board = 'second';
    now = 5000;
    expect(await body(usual)).toBe('second /suites/core-1');
  });

  test('gives the last board while the database is away, unless the caller has written', async () => {
    await body(usual);
    board = 'away';
    for (now of [2500, 9000, 99_000]) expect(await body(usual)).toBe('first /suites/core-1');
    cache.written('me');
    await expect(body(usual)).rejects.toThrow('does not answer');
    expect(await body(usual, 'a reader')).toBe('first /suites/core-1');
  });

  test('keeps no view that could not be rendered', async () => {
    board = 'broken';
    expect(await body(usual)).toBeUndefined();
    board = 'first';
    expect(await body(usual)).toBe('first /suites/core-1');
  });

  test('holds 64 MiB of other views, and a stranger who asks for many pushes out no usual one', async () => {
    await body(usual);
    bytes = 2 ** 20;
    for (let n = 0; n < 70; n++) await body(other(`${n}`));
    rendered = [];
    await body(usual);
    await body(other('69'));
    expect(rendered).toEqual([]);
    await body(other('0'));
    expect(rendered).toEqual([other('0').path]);
  });
});
