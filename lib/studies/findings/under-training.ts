import type { BaselineId } from '../../catalog/baselines/index.ts';
import type { Estimate } from '../../contract/report.ts';
import type { CountedCell } from '../../scoring/cells.ts';
import { cleanRunsOf } from '../../scoring/clean.ts';
import { type FrontierPoint, frontierOf, gainOf } from '../../scoring/frontier.ts';
import { mean } from '../../scoring/stats.ts';
import { gainsOf as gainsIn } from '../../scoring/version-2/frontier.ts';
import { runsOf } from '../../scoring/version-2/runs.ts';
import { missingFrom, type Row, rowOf, type Table } from './table.ts';

const dpSgdSettings: readonly BaselineId[] = ['dp-sgd', 'dp-sgd-c1-s1', 'dp-sgd-c1-s2', 'dp-sgd-c0.1-s1'];

type SettingGain = {
  readonly id: BaselineId;
  readonly cleanAccuracy: number;
  readonly worst: Estimate | null;
  readonly cells: readonly { readonly cell: CountedCell; readonly gain: Estimate }[];
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
export function underTrainingOf(table: Table): UnderTraining {
  const { suite, cells, reference } = table;
  const settings = dpSgdSettings.flatMap((id) => {
    const row = rowOf(table, id);
    return row && row.clean.size > 0 ? [gainsOf(table, row)] : [];
  });
  const gains = settings.flatMap((setting) => setting.cells.map(({ gain }) => gain));
  return {
    frontier: frontierOf(suite, cells, reference),
    settings,
    better: gains.filter(({ low }) => low !== null && low > 0).length,
    worse: gains.filter(({ high }) => high !== null && high < 0).length,
    of: gains.length,
    missing: missingFrom(table, dpSgdSettings),
  };
}

const gainsOf = (table: Table, { id, clean, effects, scores, kept, trials }: Row): SettingGain => ({
  id,
  cleanAccuracy: mean([...clean.values()]),
  worst: scores.worst,
  cells: table.cells.flatMap((cell, at) => {
    const gain = kept
      ? gainsIn(table.suite, [cell], table.reference, {
          clean: cleanRunsOf(trials),
          runs: runsOf(trials),
          cells: [kept[at]!],
        }).gain
      : gainOf(table.suite, [cell], table.reference, { clean, effects: [effects[at]!] });
    return gain ? [{ cell, gain }] : [];
  }),
});
