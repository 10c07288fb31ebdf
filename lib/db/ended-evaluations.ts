import { sql } from 'drizzle-orm';
import 'server-only';
import { z } from 'zod';
import { plainLine } from '../plain-text.ts';
import { authorShown } from './author-shown.ts';
import { execute } from './client.ts';
import { iso } from './values.ts';

const Ended = z.object({
  id: z.string(),
  submission: z.string(),
  name: z.string().transform(plainLine),
  author: z.string().transform(plainLine),
  suite: z.string(),
  state: z.enum(['scored', 'failed']),
  at: z.string(),
});
export type Ended = z.infer<typeof Ended>;

/**
 * The public evaluations that came to their end last, of everybody's submissions that stand, or of one alone. What a
 * season measures is told by its close.
 */
export const endedEvaluations = (submission: string | null, most: number): Promise<Ended[]> =>
  execute(
    Ended,
    sql`
    select e.id, e.submission_id as submission, s.name, ${authorShown(sql`u.name`, sql`s.anonymous_until`)} as author, e.suite, c.state, ${iso(sql`c.computed_at`)} as at
    from scores c
    join evaluations e on e.id = c.evaluation_id
    join submissions s on s.id = e.submission_id
    join users u on u.id = s.owner_id
    where e.season = '' and e.snapshot_at is null and not c.cut_short and s.withdrawn_at is null
      and (${submission}::text is null or s.id::text = ${submission})
    order by c.computed_at desc, e.id limit ${most}::int`,
  );
