import { SeasonSummary } from '../../lib/contract/season.ts';
import { callSite } from '../client/public-api.ts';
import { copiesIn } from '../craft/season/canary.ts';
import { findMade } from '../craft/season/make-season.ts';
import { notHeld } from '../craft/season/secret.ts';
import { readBytes } from '../host/read-bytes.ts';
import { interrupted } from '../terminal/interrupt.ts';
import { tell } from '../terminal/tell.ts';
import { nameOf } from './season-open.ts';

/**
 * Names the runners whose copy of a season a file is from. 1 where it is from none. On a machine that holds the season.
 */
export async function seasonTrace(words: string, file: string): Promise<number> {
  const name = nameOf(words);
  const made = await findMade(name);
  if (!made) throw notHeld(name);
  const bytes = await readBytes(file);
  const { value } = await callSite(SeasonSummary, `seasons/${name}`, interrupted);
  const found = copiesIn(
    bytes,
    made.committed,
    value.runners.map(({ id }) => id),
  );
  for (const { id, name: runner } of value.runners.filter(({ id }) => found.includes(id)))
    tell(`${file} is from the copy of ${runner} (${id})`);
  if (found.length === 0) tell(`${file} holds the canary of no runner of season ${name}`);
  return found.length > 0 ? 0 : 1;
}
