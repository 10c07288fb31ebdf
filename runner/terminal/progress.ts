import { env } from '../host/env.ts';

/** Shows how far something is, on stderr: one moving line on a terminal, else a line at each tenth. */
export type Progress = {
  /** `fraction` in [0, 1]. */
  update(fraction: number, what?: string): void;
  /** A line of its own, above the moving one. */
  say(line: string): void;
  /** The one where the fraction is known, else the other. */
  tell(what: string, fraction?: number): void;
  end(): void;
};

let ended = false;
/** From now on nothing moves: the last word on the terminal is what is kept. */
export const endAllProgress = () => {
  ended = true;
};

export function progressOf(title: string): Progress {
  const out = process.stderr;
  const moving = out.isTTY === true && env().NO_COLOR === undefined;
  let shown = '';
  let tenth = -1;
  const clear = () => {
    if (shown) out.write(`\r${' '.repeat(shown.length)}\r`);
    shown = '';
  };
  const progress: Progress = {
    update(fraction, what = '') {
      if (ended) return;
      const percent = Math.floor(Math.min(1, Math.max(0, fraction)) * 100);
      const text = `${title} ${String(percent).padStart(3)} %${what ? `  ${what}` : ''}`;
      if (moving) {
        clear();
        shown = `${bar(percent)} ${text}`.slice(0, (out.columns ?? 80) - 1);
        out.write(shown);
      } else if (Math.floor(percent / 10) !== tenth) {
        tenth = Math.floor(percent / 10); // it falls where the next stage begins
        out.write(`${text}\n`);
      }
    },
    say(line) {
      clear();
      out.write(`${line}\n`);
    },
    tell: (what, fraction) => (fraction === undefined ? progress.say(what) : progress.update(fraction, what)),
    end: clear,
  };
  return progress;
}

const bar = (percent: number) => `[${'#'.repeat(Math.floor(percent / 5)).padEnd(20, '.')}]`;
