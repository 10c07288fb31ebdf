import { type SQL, sql } from 'drizzle-orm';
import 'server-only';
import { seasonLabel } from '../contract/season.ts';

/** The labels of the seasons that a runner was named for. `runner`: a column with its id. */
export const seasonLabelsHeld = (runner: SQL): SQL<string[]> =>
  sql`array(select ${seasonLabel('')}::text || h.season from season_runners h where h.runner_id = ${runner})`;
