import type { Estimate } from '@/lib/benchmark/report.ts';
import type { Suite } from '@/lib/benchmark/suite.ts';
import type { Standing } from '@/lib/db/standings.ts';
import { points, score, times } from './numbers.ts';

/** A column of numbers on the board. `better`: which direction is. */
export type Column = {
  id: string;
  name: string;
  hint: string;
  better: 'higher' | 'lower';
  of: (row: Standing) => Estimate | null | undefined;
  format: (value: number) => string;
};

export const columns: readonly Column[] = [
  {
    id: 'worst',
    name: 'Worst family',
    hint: 'Share of the damage undone, in the attack family where the defense does worst',
    better: 'higher',
    of: (row) => row.worst,
    format: score,
  },
  { id: 'mean', name: 'Mean', hint: 'Share of the damage undone, mean over attack families', better: 'higher', of: (row) => row.mean, format: score },
  {
    id: 'utility',
    name: 'Utility',
    hint: 'Clean accuracy without poison, against the undefended model’s, in points',
    better: 'higher',
    of: (row) => row.utility,
    format: points,
  },
  { id: 'cost', name: 'Cost', hint: 'Training time over undefended training’s', better: 'lower', of: (row) => row.cost, format: times },
];

export const scenarioColumns = (suite: Suite): Column[] =>
  suite.scenarios.map(({ id }) => ({ id, name: id, hint: 'Share of the damage undone', better: 'higher', of: (row) => row.scenarios[id], format: score }));

/** What the address asks for, as far as it makes sense. */
export type View = { sort: string; direction: 'asc' | 'desc'; baselines: boolean };

export function viewOf(suite: Suite, query: Record<string, string | string[] | undefined>): View {
  const sortable = [...columns, ...scenarioColumns(suite)];
  const column = sortable.find(({ id }) => id === query.sort);
  const sort = query.sort === 'name' ? 'name' : (column?.id ?? 'worst');
  const usual = sort === 'name' || column?.better === 'lower' ? 'asc' : 'desc';
  const direction = query.direction === 'asc' || query.direction === 'desc' ? query.direction : usual;
  return { sort, direction, baselines: query.baselines !== 'hide' };
}

/** The address of this view with something changed; what is as usual is left out. */
export function addressOf(suite: Suite, view: View): string {
  const usual = viewOf(suite, { sort: view.sort });
  const query = new URLSearchParams();
  if (view.sort !== 'worst') query.set('sort', view.sort);
  if (view.direction !== usual.direction) query.set('direction', view.direction);
  if (!view.baselines) query.set('baselines', 'hide');
  return `/suites/${suite.id}${query.size > 0 ? `?${query}` : ''}`;
}

/** Rows without the number come last in either direction; equal rows keep the board's own order. */
export function sorted(suite: Suite, rows: readonly Standing[], { sort, direction }: View): Standing[] {
  const sign = direction === 'asc' ? 1 : -1;
  if (sort === 'name') return [...rows].sort((a, b) => sign * a.name.localeCompare(b.name, 'en'));
  if (sort === 'worst' && direction === 'desc') return [...rows];
  const column = [...columns, ...scenarioColumns(suite)].find(({ id }) => id === sort)!;
  return [...rows].sort((a, b) => {
    const [x, y] = [column.of(a)?.value, column.of(b)?.value];
    if (x === undefined || y === undefined) return Number(x === undefined) - Number(y === undefined);
    return sign * (x - y);
  });
}
