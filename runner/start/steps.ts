import { env } from '../host/env.ts';

/**
 * What `npm start` says: one line on stdout for each thing done, with the time it took; what takes longer than a second
 * moves on the terminal meanwhile.
 */
export async function step<T>(
  title: string,
  work: (say: (what: string, fraction?: number) => void) => Promise<T>,
  outcome: (value: T) => string,
): Promise<T> {
  const begin = performance.now();
  const moving = process.stderr.isTTY === true && env().NO_COLOR === undefined;
  let doing = '';
  const clear = () => moving && process.stderr.write('\r\u001b[K');
  const show = () => {
    const text = `${title.padEnd(width)}${secondsSince(begin).padStart(7)}  ${doing}`;
    process.stderr.write(`\r\u001b[K${text.slice(0, (process.stderr.columns ?? 80) - 1)}`);
  };
  let lastSaid = begin;
  const say = (what: string, fraction?: number) => {
    doing = fraction === undefined ? what : `${Math.floor(fraction * 100)} %  ${what}`;
    if (moving || performance.now() - lastSaid < plainEveryMs) return;
    lastSaid = performance.now();
    process.stderr.write(`${title}: ${doing}\n`);
  };
  const timer = moving ? setInterval(show, 200) : undefined;
  try {
    const value = await work(say);
    clear();
    process.stdout.write(`${title.padEnd(width)}${outcome(value)}  (${secondsSince(begin)})\n`);
    return value;
  } catch (error) {
    clear();
    throw error;
  } finally {
    clearInterval(timer);
  }
}

const width = 9;
const plainEveryMs = 5000;

const secondsSince = (begin: number) => `${((performance.now() - begin) / 1000).toFixed(1)} s`;
