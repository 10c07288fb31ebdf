/** The tables. A merged migration is never edited. */
export * from './schema/defenses.ts';
export * from './schema/events.ts';
export * from './schema/people.ts';
export * from './schema/queue.ts';
export * from './schema/runners.ts';
export * from './schema/seasons.ts';
