import type { BaselineId } from '../../catalog/baselines/index.ts';
import type { Estimate } from '../../contract/report.ts';
import type { CountedCell } from '../../scoring/cells.ts';
import { cleanRunsOf } from '../../scoring/clean.ts';
import type { BySeed } from '../../scoring/compare.ts';
import { clip, estimateOver } from '../../scoring/estimates.ts';
import { type FrontierPoint, frontierOf, gainBySeedOf } from '../../scoring/frontier.ts';
import { mean } from '../../scoring/stats.ts';
import { gainOfEach } from '../../scoring/version-2/frontier.ts';
import { runsOf } from '../../scoring/version-2/runs.ts';
import { above, type Sure, surely } from './surely.ts';
import { missingFrom, oncePerTable, type Row, rowOf, type Table } from './table.ts';

const dpSgdSettings: readonly BaselineId[] = ['dp-sgd', 'dp-sgd-c1-s1', 'dp-sgd-c1-s2', 'dp-sgd-c0.1-s1'];

type SettingGain = {
  readonly id: BaselineId;
  readonly cleanAccuracy: number;
  readonly worst: Estimate | null;
  readonly cells: readonly { readonly cell: CountedCell; readonly gain: Estimate; readonly bySeed: BySeed }[];
};

export type UnderTraining = {
  /** Plain SGD, the shortest schedule first; empty where the reference was made without. */
  readonly frontier: readonly FrontierPoint[];
  readonly settings: readonly SettingGain[];
  /** Of the cells of all settings: surely above 0, surely below, and how many there are. */
  readonly better: number;
  readonly worse: number;
  readonly of: number;
  readonly missing: readonly BaselineId[];
};

/**
 * What DP-SGD adds to training less: in each cell its ρ less that of the plain SGD that does best in that very cell at
 * no less clean accuracy. The frontier may choose its length anew for every cell, so that it is flattered here; the
 * board's gain compares worst with worst.
 */
export const underTrainingOf = oncePerTable((table): UnderTraining => {
  const { suite, cells, reference } = table;
  const settings = dpSgdSettings.flatMap((id) => {
    const row = rowOf(table, id);
    return row && row.clean.size > 0 ? [gainsOf(table, row)] : [];
  });
  const sure = surely(settings.flatMap((setting) => setting.cells.map(({ bySeed }) => above(bySeed, 0))));
  const count = (wanted: Sure) => sure.filter((one) => one === wanted).length;
  return {
    frontier: frontierOf(suite, cells, reference),
    settings,
    better: count('more'),
    worse: count('less'),
    of: sure.length,
    missing: missingFrom(table, dpSgdSettings),
  };
});

const gainsOf = (table: Table, row: Row): SettingGain => {
  const gains = row.kept ? gainsOf2(table, row, row.kept) : gainsOf1(table, row);
  return {
    id: row.id,
    cleanAccuracy: mean([...row.clean.values()]),
    worst: row.scores.worst,
    cells: table.cells.flatMap((cell, at) => (gains[at] ? [{ cell, ...gains[at] }] : [])),
  };
};

const gainsOf1 = ({ suite, cells, reference }: Table, { clean, effects }: Row) =>
  cells.map((cell, at) => {
    const bySeed = gainBySeedOf(suite, [cell], reference, { clean, effects: [effects[at]!] });
    return bySeed && { gain: clip(estimateOver([...bySeed.values()])), bySeed };
  });

const gainsOf2 = ({ suite, cells, reference }: Table, { trials }: Row, kept: NonNullable<Row['kept']>) =>
  gainOfEach(suite, cells, reference, { clean: cleanRunsOf(trials), runs: runsOf(trials), cells: kept });
