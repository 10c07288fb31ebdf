import { accountant } from './accountant.ts';
import { db } from './db.ts';
import { python } from './python.ts';
import { queue } from './queue.ts';
import { scoring } from './scoring.ts';
import { scoring2 } from './scoring-2.ts';
import { seasons } from './seasons.ts';

/** To add a fault, add a record to one of these. */
export const faults = [...scoring, ...scoring2, ...db, ...queue, ...accountant, ...seasons, ...python];
