import { type SeasonRecord, SeasonSummary } from '../contract/season.ts';

/** A season without what its close made public, which is megabytes. */
export const seasonSummary = (season: SeasonRecord): SeasonSummary => SeasonSummary.parse(season);
