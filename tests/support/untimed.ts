import type { Standing } from '../../lib/db/standings.ts';

/** The row without the time at which its scores were stored, which is another one after a repair or an import. */
export const untimed = ({ computedAt: _, ...row }: Standing) => row;
