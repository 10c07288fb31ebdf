import type { Suite } from '../contract/suite.ts';
import type { Standing } from '../db/standings.ts';
import { boardLicense, columnsOf, type TableColumn } from './table-columns.ts';

/** Of what an export is: it says so itself, wherever the file goes. */
export type Export = { readonly suite: Suite; readonly season: string | null; readonly rows: readonly Standing[] };

const { text, count, estimate } = columnsOf<Standing>();
const scores = ['worst', 'mean', 'utility', 'gain', 'cost'] as const;

/**
 * Every column, whatever a page shows: each number with its interval and n, and in every row suite, digest, season,
 * date and license. Names are public: a column may be added at the end.
 */
export function standingsColumns({ suite, season, rows }: Export): TableColumn<Standing>[] {
  const date = dateOf(rows);
  const families = [...new Set(suite.scenarios.map(({ family }) => family))];
  return [
    text('submission', (row) => row.submission),
    text('name', (row) => row.name),
    text('author', (row) => row.author),
    text('kind', (row) => row.kind),
    text('baseline', (row) => row.baseline),
    text('state', (row) => row.state),
    count('rank_low', (row) => row.rank?.[0]),
    count('rank_high', (row) => row.rank?.[1]),
    text('worst_family', (row) => row.worst?.family),
    ...scores.flatMap((name) => estimate(name, (row) => row[name])),
    ...families.flatMap((family) => estimate(`family_${family}`, (row) => row.families[family])),
    ...suite.scenarios.flatMap(({ id }) => estimate(`scenario_${id}`, (row) => row.scenarios[id])),
    text('flags', (row) => row.flags.join(' ')),
    text('track', (row) => row.track),
    text('engine', (row) => row.engine),
    text('snapshot_at', (row) => row.snapshotAt),
    text('suite', () => suite.id),
    text('suite_digest', () => suite.digest),
    text('license', () => boardLicense),
    text('runtime', (row) => row.runtime),
    text('season', () => season),
    text('date', () => date),
  ];
}

/** The day, UTC, when the newest of these numbers was computed; null where there are none. */
export const dateOf = (rows: readonly Standing[]): string | null =>
  rows
    .flatMap(({ computedAt }) => computedAt?.slice(0, 10) ?? [])
    .reduce<string | null>((latest, day) => (latest === null || day > latest ? day : latest), null);
