import { type SQL, sql } from 'drizzle-orm';
import 'server-only';

/**
 * The column holds the commitment of a season that is not closed: what its trials gave is nobody's to see yet, but by
 * what is committed to.
 */
export const isWithheld = (digest: string): SQL =>
  sql`exists (select 1 from seasons w where w.commitment = ${sql.raw(digest)} and w.state <> 'closed')`;

/** The same for all rows of a large table: the seasons are looked up once. */
export const isTold = (digest: string): SQL =>
  sql`${sql.raw(digest)} <> all(array(select o.commitment from seasons o where o.commitment is not null and o.state <> 'closed'))`;
