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
};

type Entry = { readonly answer: Answer; readonly version: string; writes: number; checkedAt: number };

/** After so many milliseconds a view is compared with the board's version, while it goes out as it is. */
const recheckMs = 5000;
/** After so many it waits for the comparison: nobody asked in between, and others may have written. */
const staleMs = 15_000;
/** Of all views but the usual ones. */
const limitBytes = 64 * 2 ** 20;

/** Whether an address asks for more than it shows by itself. Views that do not are never pushed out. */
const isUnusual = (key: string) => key.includes('?');

/**
 * Board views, each rendered once for all who are not signed in. After a write of this process, told by `written`, a
 * view is compared with the board's version before it goes out again: whoever has written sees it at once.
 */
export class BoardCache {
  private readonly entries = new Map<string, Entry>();
  private readonly made = new Map<string, { writes: number; answer: Promise<Answer | null> }>();
  private writes = 0;
  private bytes = 0;

  constructor(
    private readonly source: Source,
    private readonly now: () => number = Date.now,
  ) {}

  /** Something may have changed. */
  written(): void {
    this.writes++;
  }

  /** The view's answer; null where it has to be rendered for this request alone. */
  async answer(view: BoardView): Promise<Answer | null> {
    const key = `${view.theme ?? ''} ${view.path}`;
    const entry = this.entries.get(key);
    if (!entry) return this.renew(key, view);
    if (isUnusual(key)) this.used(key, entry);
    const age = this.now() - entry.checkedAt;
    if (entry.writes !== this.writes || age >= staleMs) return this.renew(key, view, entry);
    if (age >= recheckMs) {
      entry.checkedAt = this.now();
      this.renew(key, view, entry).catch(() => undefined); // whoever asks next tries again
    }
    return entry.answer;
  }

  /** Those who ask for the same view meanwhile wait for the same rendering, unless it began before a write. */
  private renew(key: string, view: BoardView, entry?: Entry): Promise<Answer | null> {
    const known = this.made.get(key);
    if (known?.writes === this.writes) return known.answer;
    const made = { writes: this.writes, answer: this.checked(key, view, entry) };
    this.made.set(key, made);
    const forget = () => this.made.get(key) === made && this.made.delete(key);
    made.answer.then(forget, forget);
    return made.answer;
  }

  private async checked(key: string, view: BoardView, entry?: Entry): Promise<Answer | null> {
    const { writes } = this;
    const version = await this.source.version(); // before the rendering: what changes in between is seen next time
    if (entry?.version === version) {
      Object.assign(entry, { writes, checkedAt: this.now() });
      return entry.answer;
    }
    const answer = await this.source.render(view);
    if ((this.entries.get(key)?.writes ?? 0) > writes) return answer; // a later rendering was faster
    this.forget(key);
    if (answer) this.keep(key, { answer, version, writes, checkedAt: this.now() });
    return answer;
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
