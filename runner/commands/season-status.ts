import { SeasonList } from '../../lib/contract/api.ts';
import { SeasonSummary } from '../../lib/contract/season.ts';
import { callSite } from '../client/public-api.ts';
import { interrupted } from '../terminal/interrupt.ts';
import { tell, tellJson } from '../terminal/tell.ts';
import { lineOf, nameOf } from './season-open.ts';

/** What the site says of its seasons, or of one. */
export async function seasonStatus(name: string | null, { json }: { json?: boolean }): Promise<number> {
  const seasons =
    name === null
      ? (await callSite(SeasonList, 'seasons', interrupted)).value.items
      : [(await callSite(SeasonSummary, `seasons/${nameOf(name)}`, interrupted)).value];
  if (json) tellJson(name === null ? seasons : seasons[0]);
  else tell(seasons.map(linesOf).join('\n') || 'There is no season yet.');
  return 0;
}

/** A season in a line, and one more for each runner that was named after the opening. */
export const linesOf = (season: SeasonSummary): string =>
  [
    lineOf(season),
    ...season.runners.flatMap(({ id, name, addedAt, reason }) =>
      addedAt === null ? [] : [`  ${addedAt}  ${name} (${id}) was added: ${reason}`],
    ),
  ].join('\n');
