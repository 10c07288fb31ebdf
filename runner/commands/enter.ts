import { EntryAnswer } from '../../lib/contract/season-standings.ts';
import { requireToken } from '../client/credentials.ts';
import { callSite } from '../client/public-api.ts';
import { interrupted } from '../terminal/interrupt.ts';
import { tell, tellJson } from '../terminal/tell.ts';
import { nameOf } from './season-open.ts';

/** Enters a submission of one's own in a season. Said again it changes nothing. */
export async function enter(
  submission: string,
  { season: words, json }: { season: string; json?: boolean },
): Promise<number> {
  const season = nameOf(words);
  await requireToken();
  const { value } = await callSite(EntryAnswer, `seasons/${season}/entries`, interrupted, { submission });
  const { id, name, late } = value;
  const text = `${name} is entered in season ${season}${late ? ', after its end: it is scored and not ranked' : ''}: entry ${id}`;
  if (json) tellJson(value);
  else tell(text);
  return 0;
}
