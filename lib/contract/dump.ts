import { z } from 'zod';

/**
 * A dump is lines of JSON: the head; for each table a line that names it and counts its rows, and then the rows as
 * PostgreSQL writes them; the end, with the sha256 of all bytes before it.
 */
export const dumpFormat = 'antidote-dump-1';
export const DumpHead = z.object({ format: z.literal(dumpFormat), migration: z.int() });
export const DumpTable = z.object({ table: z.string(), rows: z.int().nonnegative() });
export const DumpEnd = z.object({ rows: z.int(), sha256: z.string() });
