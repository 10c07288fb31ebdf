import type { BoardView } from './board-view.ts';

/** An answer as it goes out: compressed once, with the tag of its content. */
export type Answer = {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly etag: string;
};

export type Source = {
  /** Renders the view as for somebody who is not signed in; null where that is no good answer. */
  render(view: BoardView): Promise<Answer | null>;
  /** Another text whenever something that a board shows has changed. */
  version(): Promise<string>;
  /** The caller's place among those who ask for a page; null where too many wait. What it returns gives it back. */
  turn(who: string): Promise<(() => void) | null>;
};

type Entry = { readonly answer: Answer; readonly version: string; writes: number; checkedAt: number };

/** After so many milliseconds a view is compared with the board's version, while it goes out as it is. */
const recheckMs = 2500;
/** After so many it waits for the comparison: nobody is given an older one. */
const staleMs = 5000;
/** Of all views but the usual ones. */
const limitBytes = 64 * 2 ** 20;

/** Whether an address asks for more than it shows by itself. Views that do not are never pushed out. */
const isUnusual = (key: string) => key.includes('?');

/**
 * Board views, each rendered once for all who are not signed in. Whoever has written, told by `written`, is given no
 * view that was not compared with the board's version since. Others see it five seconds later, the first who asks then
 * too: else a view would be rendered after each of many writes. Who asks for an unusual view that has to be rendered
 * waits in line as for any page.
 */
export class BoardCache {
  private readonly entries = new Map<string, Entry>();
  private readonly made = new Map<string, { writes: number; answer: Promise<Answer | null> }>();
  /** Of each caller the last write of late. */
  private readonly wrote = new Map<string, { at: number; writes: number }>();
  private writes = 0;
  private bytes = 0;

  constructor(
    private readonly source: Source,
    private readonly now: () => number = Date.now,
  ) {}

  /** Something may have changed, by this caller's hand. */
  written(who: string): void {
    this.wrote.delete(who); // the latest stands last
    this.wrote.set(who, { at: this.now(), writes: ++this.writes });
    for (const [other, { at }] of this.wrote) {
      if (this.now() - at < staleMs) break; // by then every view has been compared
      this.wrote.delete(other);
    }
  }

  private readonly writesOf = (who: string) => this.wrote.get(who)?.writes ?? 0;

  /** The view's answer for this caller; null where it has to be rendered for this request alone. */
  async answer(view: BoardView, who: string): Promise<Answer | null> {
    const key = `${view.theme ?? ''} ${view.path}`;
    const entry = this.entries.get(key);
    if (!entry) return this.renew(key, view, who);
    if (isUnusual(key)) this.used(key, entry);
    const age = this.now() - entry.checkedAt;
    if (entry.writes < this.writesOf(who)) return this.renew(key, view, who, entry);
    if (age >= staleMs) return this.renew(key, view, who, entry).catch(() => entry.answer); // the database is away
    if (age >= recheckMs) {
      entry.checkedAt = this.now();
      this.renew(key, view, who, entry).catch(() => undefined); // whoever asks next tries again
    }
    return entry.answer;
  }

  /** Who asks for the same view meanwhile waits for the same rendering, unless it began before a write of theirs. */
  private renew(key: string, view: BoardView, who: string, entry?: Entry): Promise<Answer | null> {
    const known = this.made.get(key);
    if (known && known.writes >= this.writesOf(who)) return known.answer;
    const made = { writes: this.writes, answer: this.checked(key, view, who, entry) };
    this.made.set(key, made);
    const forget = () => this.made.get(key) === made && this.made.delete(key);
    made.answer.then(forget, forget);
    return made.answer;
  }

  private async checked(key: string, view: BoardView, who: string, entry?: Entry): Promise<Answer | null> {
    const { writes } = this;
    const version = await this.source.version(); // before the rendering: what changes in between is seen next time
    if (entry?.version === version) {
      Object.assign(entry, { writes, checkedAt: this.now() });
      return entry.answer;
    }
    const answer = await this.rendered(key, view, who);
    if ((this.entries.get(key)?.writes ?? 0) > writes) return answer; // a later rendering was faster
    this.forget(key);
    if (answer) this.keep(key, { answer, version, writes, checkedAt: this.now() });
    return answer;
  }

  private async rendered(key: string, view: BoardView, who: string): Promise<Answer | null> {
    if (!isUnusual(key)) return this.source.render(view);
    const turn = await this.source.turn(who);
    if (!turn) return null;
    try {
      return await this.source.render(view);
    } finally {
      turn();
    }
  }

  private keep(key: string, entry: Entry): void {
    this.entries.set(key, entry);
    if (!isUnusual(key)) return;
    this.bytes += entry.answer.body.length;
    for (const [oldest] of this.entries) {
      if (this.bytes <= limitBytes) break;
      if (isUnusual(oldest)) this.forget(oldest);
    }
  }

  private forget(key: string): void {
    const entry = this.entries.get(key);
    if (entry && isUnusual(key)) this.bytes -= entry.answer.body.length;
    this.entries.delete(key);
  }

  /** Moves it to the end: the one that was asked for longest ago goes first. */
  private used(key: string, entry: Entry): void {
    this.entries.delete(key);
    this.entries.set(key, entry);
  }
}
