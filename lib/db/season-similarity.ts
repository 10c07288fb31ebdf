import { setImmediate as whenFree } from 'node:timers/promises';
import { type SQL, sql } from 'drizzle-orm';
import 'server-only';
import { z } from 'zod';
import { plainLimits } from '../contract/check.ts';
import { languageOf, Runtime } from '../contract/runtime.ts';
import { runsOf, shareOfRuns } from '../similarity.ts';
import { requireOrganizer, type Viewer } from '../viewer.ts';
import { authorShown, isAnonymous } from './author-shown.ts';
import { execute } from './client.ts';
import { isScored } from './code-and-logs.ts';
import { iso, textArray } from './values.ts';
import { versionsOf } from './versions.ts';

/** `entry`: where it is one of the same season. `reference`: one of the harness's own defenses. */
export type Similar = {
  entry: string | null;
  submission: string;
  reference: boolean;
  name: string;
  author: string;
  submittedAt: string;
  share: number;
};

/** `of`: so many modules there are in public, of which the newest `compared` were looked at. */
export type Similarity = { likest: Similar[]; compared: number; of: number };

/** Below this, two modules look alike because all modules do. */
const worthTelling = 0.3;

/** So many public modules are compared, which takes a second or so. */
const mostCompared = 500;

const Row = z.object({
  entry: z.uuid().nullable(),
  submission: z.uuid(),
  reference: z.boolean(),
  name: z.string(),
  author: z.string(),
  submittedAt: z.iso.datetime(),
  code: z.string(),
  runtime: Runtime,
});
type Row = z.infer<typeof Row>;

/**
 * What an entry's code is like, the likest first: entries of the same season, the reference defenses, and what others
 * have in public. For organizers. Throws `unauthenticated` and `forbidden`.
 */
export async function similarEntries(viewer: Viewer, entry: string): Promise<Similarity> {
  requireOrganizer(viewer, 'review entries');
  const entries = await entriesBeside(entry);
  const own = entries.find((row) => row.entry === entry);
  if (!own) return { likest: [], compared: 0, of: 0 };
  const open = await openCode(own);
  const runs = runsOf(moduleOf(own));
  const found: Similar[] = [];
  for (const { code, runtime, ...row } of [...entries, ...open.modules]) {
    if (row.entry === entry) continue;
    await whenFree(); // other requests come between
    const share = shareOfRuns(runs, runsOf(moduleOf({ code, runtime })));
    if (share >= worthTelling) found.push({ ...row, share });
  }
  found.sort((a, b) => b.share - a.share || a.submittedAt.localeCompare(b.submittedAt));
  return { likest: found.slice(0, 5), compared: open.modules.length, of: open.of };
}

const moduleOf = ({ code, runtime }: Pick<Row, 'code' | 'runtime'>) => ({ code, language: languageOf(runtime).id });

const described = (
  entry: SQL,
) => sql`${entry} as entry, s.id as submission, s.baseline is not null as reference, s.name,
  ${authorShown(sql`u.name`, sql`s.anonymous_until`)} as author, ${iso('s.created_at')} as "submittedAt"`;

/** The season's entries, this one among them. */
const entriesBeside = (entry: string) =>
  execute(
    Row,
    sql`select ${described(sql`o.id`)}, m.code, m.runtime
      from season_entries e join season_entries o on o.season = e.season join submissions s on s.id = o.submission_id
      join users u on u.id = o.author_id join modules m on m.sha256 = s.module_sha256
      where e.id::text = ${entry}`,
  );

/**
 * What others have in public and what the harness has: each module once, as whose it was first, the reference defenses
 * before the newest. The author's own is left out as far as anybody can tell that it is: a submission that names no
 * author is compared like a stranger's, or what is left out would tell whose it is.
 */
async function openCode({ entry, submission }: Row) {
  const line = (await versionsOf(submission)).map(({ id }) => id);
  const rows = await execute(
    Row.extend({ of: z.int() }),
    sql`
    with own as (
      select e.season, s.owner_id, ${isAnonymous(sql`s.anonymous_until`)} as anonymous
      from season_entries e join submissions s on s.id = e.submission_id where e.id = ${entry}::uuid
    ), other as (
      select distinct on (s.module_sha256) s.id, s.baseline is null as stranger, s.created_at
      from submissions s join modules m on m.sha256 = s.module_sha256 cross join own
      where s.withdrawn_at is null and m.bytes <= ${plainLimits.source}::int
        and s.id::text <> all(${textArray(line)})
        and (s.owner_id <> own.owner_id or own.anonymous or ${isAnonymous(sql`s.anonymous_until`)})
        and not exists (select 1 from season_entries i where i.season = own.season and i.submission_id = s.id)
        and (s.baseline is not null or ${isScored(sql`s.id`)})
      order by s.module_sha256, s.baseline is null, s.created_at, s.id
    ), newest as (
      select *, (count(*) over ())::int as of from other order by stranger, created_at desc, id limit ${mostCompared}::int
    )
    select ${described(sql`null`)}, m.code, m.runtime, newest.of from newest join submissions s on s.id = newest.id
    join users u on u.id = s.owner_id join modules m on m.sha256 = s.module_sha256`,
  );
  return { modules: rows.map(({ of: _, ...row }) => row), of: rows[0]?.of ?? 0 };
}
