import { env } from '../host/env.ts';
import { start as startAll } from '../start/start.ts';
import { interrupted, saysWhenInterrupted } from '../terminal/interrupt.ts';

/** Site, database and one local runner, until Ctrl-C. */
export async function start(): Promise<number> {
  saysWhenInterrupted(`Stopped; everything that was answered is kept in ${env().ANTIDOTE_DATA}.`);
  return startAll(interrupted);
}
