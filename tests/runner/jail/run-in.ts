import { cpSync } from 'node:fs';
import type { Jail, JailLimits, JailRun, Opening } from '../../../runner/jail/jail.ts';
import { tinyStreams } from './tiny-job.ts';

/** One run over that job folder, of which the jail gets a copy. */
export async function runIn(
  jail: Jail,
  { job, limits, ...opening }: Omit<Opening, 'limits'> & { job: string; limits: JailLimits },
): Promise<JailRun> {
  const room = await jail.open({ ...opening, limits });
  try {
    cpSync(job, room.job, { recursive: true });
    return await room.run(limits.seconds, tinyStreams);
  } finally {
    await room.close();
  }
}
