import { and, eq, gt, sql } from 'drizzle-orm';
import 'server-only';
import { z } from 'zod';
import { sessions, users } from '../../drizzle/schema.ts';
import type { SignedIn } from '../viewer.ts';
import { db, execute } from './client.ts';
import { viewerWhere } from './users.ts';

/** A session ends so long after its sign-in, however often its cookie is renewed. */
export const sessionDays = 30;
/** Of one user; the oldest end first. */
const mostSessions = 100;

/** The id of a new session of the user. Sessions that are over are swept on the way. */
export async function newSession(userId: string): Promise<string> {
  const [made] = await execute(
    z.object({ id: z.uuid() }),
    sql`
    with swept as (
      delete from sessions where created_at <= now() - make_interval(days => ${sessionDays}::int)
        or id in (select id from sessions where user_id = ${userId}::uuid order by created_at desc, id offset ${mostSessions - 1}::int))
    insert into sessions (user_id) select id from users where id = ${userId}::uuid and deleted_at is null returning id`,
  );
  if (!made) throw new RangeError(`newSession: userId=${userId}, want a user`);
  return made.id;
}

/** Whose session it is, or null for one that has ended, and for what is no id. */
export async function viewerOfSession(id: string): Promise<SignedIn | null> {
  if (!z.uuid().safeParse(id).success) return null;
  const own = (await db())
    .select({ userId: sessions.userId })
    .from(sessions)
    .where(and(eq(sessions.id, id), gt(sessions.createdAt, sql`now() - make_interval(days => ${sessionDays}::int)`)));
  return viewerWhere(eq(users.id, own));
}

/** Ends this session and no other. */
export async function endSession(id: string): Promise<void> {
  await (await db()).delete(sessions).where(eq(sessions.id, id));
}

/** Ends every session of the viewer, in all browsers. Tokens stay. */
export async function endSessions(viewer: SignedIn): Promise<void> {
  await (await db()).delete(sessions).where(eq(sessions.userId, viewer.id));
}
