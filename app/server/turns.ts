export type TurnLimits = {
  /** Turns held at once; by one caller. */
  readonly atOnce: number;
  readonly each: number;
  /** Of those who wait, all together; of one caller. */
  readonly waiting: number;
  readonly eachWaiting: number;
  /** Who has waited so long goes without. */
  readonly patienceMs: number;
  /** A turn that is held longer is given to the next, whatever becomes of its request. */
  readonly holdMs: number;
};

type Waiter = { readonly who: string; begin(turn: Turn | null): void };
/** Gives the turn back; said twice, it counts once. */
export type Turn = () => void;

/**
 * So many requests are worked on at once, and the others wait: else a crowd takes the time of those whose work cannot
 * wait, and everybody's answer comes late. One caller never holds all turns.
 */
export class Turns {
  private readonly line: Waiter[] = [];
  private readonly held = new Map<string, number>();
  private running = 0;

  constructor(private readonly limits: TurnLimits) {}

  /** A turn for the caller; null where too many wait, or it took too long. */
  take(who: string): Promise<Turn | null> {
    const { waiting, eachWaiting, patienceMs } = this.limits;
    const own = this.line.filter((waiter) => waiter.who === who).length;
    const free = this.line.length === 0 && this.mayBegin(who);
    if (!free && (this.line.length >= waiting || own >= eachWaiting)) return Promise.resolve(null);
    return new Promise((done) => {
      const clock = setTimeout(() => {
        this.line.splice(this.line.indexOf(waiter), 1);
        done(null);
      }, patienceMs);
      const waiter: Waiter = {
        who,
        begin: (turn) => {
          clearTimeout(clock);
          done(turn);
        },
      };
      this.line.push(waiter);
      this.next();
    });
  }

  private mayBegin(who: string): boolean {
    return this.running < this.limits.atOnce && (this.held.get(who) ?? 0) < this.limits.each;
  }

  private next(): void {
    for (;;) {
      const at = this.line.findIndex((waiter) => this.mayBegin(waiter.who));
      if (at === -1) return;
      const [waiter] = this.line.splice(at, 1);
      waiter!.begin(this.begin(waiter!.who));
    }
  }

  private begin(who: string): Turn {
    this.running++;
    this.held.set(who, (this.held.get(who) ?? 0) + 1);
    let over = false;
    const end = () => {
      if (over) return;
      over = true;
      clearTimeout(clock);
      this.running--;
      const left = this.held.get(who)! - 1;
      if (left === 0) this.held.delete(who);
      else this.held.set(who, left);
      this.next();
    };
    const clock = setTimeout(end, this.limits.holdMs);
    return end;
  }
}
