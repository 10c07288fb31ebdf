import { chores } from '../../lib/catalog/chores.ts';
import { callChore } from '../client/local-site.ts';
import { findMade } from '../craft/season/make-season.ts';
import { requireSecret } from '../craft/season/secret.ts';
import { UsageError } from '../errors.ts';
import { tell } from '../terminal/tell.ts';
import { lineOf, nameOf } from './season-open.ts';

/** Ends a season that this machine holds, and makes public all that it was committed to. */
export async function seasonClose(words: string, { now = false }: { now?: boolean }): Promise<number> {
  const name = nameOf(words);
  const { holder } = await requireSecret(name);
  const disclosure = await findMade(name);
  if (!disclosure) throw new UsageError(`Season ${name} is not open yet; 'season open' has not come to its end.`);
  await callChore(chores.seasonClosing, { name, holder });
  const season = await callChore(chores.seasonClose, { name, holder, disclosure, now });
  tell(lineOf(season));
  return 0;
}
