import { publicSuiteOf } from '../../lib/catalog/seasons.ts';
import { StandingsJson } from '../../lib/contract/api.ts';
import { SeasonSummary } from '../../lib/contract/season.ts';
import { EntryAnswer } from '../../lib/contract/season-standings.ts';
import { requireToken } from '../client/credentials.ts';
import { callSite } from '../client/public-api.ts';
import { SiteProblem } from '../client/site-problem.ts';
import { interrupted } from '../terminal/interrupt.ts';
import { tell } from '../terminal/tell.ts';
import { nameOf } from './season-open.ts';

/**
 * Enters every reference defense of the public table in a season, with an organizer's token. 1 where one is refused.
 */
export async function seasonBaselines(words: string): Promise<number> {
  const season = nameOf(words);
  await requireToken();
  const { value: about } = await callSite(SeasonSummary, `seasons/${season}`, interrupted);
  const suite = publicSuiteOf(about);
  const { value: board } = await callSite(StandingsJson, `suites/${suite.id}/standings`, interrupted);
  let refused = 0;
  for (const { baseline, submission } of board.rows.filter((row) => row.baseline !== null)) {
    try {
      await callSite(EntryAnswer, `seasons/${season}/entries`, interrupted, { submission });
      tell(`${baseline} is entered`);
    } catch (error) {
      if (!(error instanceof SiteProblem)) throw error;
      tell(`${baseline} is not: ${error.message}`);
      refused++;
    }
  }
  return refused > 0 ? 1 : 0;
}
