import type { Estimate } from '@/lib/contract/report.ts';
import { rankedBy, type Scenario, type Suite } from '@/lib/contract/suite.ts';
import type { Standing } from '@/lib/db/standings.ts';
import { points, score, times } from './numbers.ts';
import { familyName } from './words.ts';

/** What the columns show of a row. */
export type Numbers = Pick<Standing, 'worst' | 'mean' | 'gain' | 'utility' | 'cost' | 'families' | 'scenarios'>;

/** A column of numbers on the board. `better`: which direction is. */
export type Column = {
  id: string;
  name: string;
  hint: string;
  better: 'higher' | 'lower';
  of: (row: Numbers) => Estimate | null | undefined;
  format: (value: number) => string;
};

const worst: Column = {
  id: 'worst',
  name: 'Worst family',
  hint: 'Share of the damage undone, in the attack family where the defense does worst',
  better: 'higher',
  of: (row) => row.worst,
  format: score,
};

const mean: Column = {
  id: 'mean',
  name: 'Mean',
  hint: 'Share of the damage undone, mean over attack families',
  better: 'higher',
  of: (row) => row.mean,
  format: score,
};

type Group = { readonly name: string; readonly columns: readonly Column[] };

/** By what they are about; the group's name stands above its columns. The number that ranks comes first. */
const groupsBy = (ranks: Column, beside: Column, gainHint: string): readonly Group[] => [
  {
    name: 'Share of the damage undone',
    columns: [
      ranks,
      beside,
      {
        id: 'gain',
        name: 'Gain',
        hint: gainHint,
        better: 'higher',
        of: (row) => row.gain,
        format: score,
      },
    ],
  },
  {
    name: 'What it costs',
    columns: [
      {
        id: 'utility',
        name: 'Utility',
        hint: 'Clean accuracy without poison, against the undefended model’s, in points',
        better: 'higher',
        of: (row) => row.utility,
        format: points,
      },
      {
        id: 'cost',
        name: 'Cost',
        hint: 'Training time over undefended training’s',
        better: 'lower',
        of: (row) => row.cost,
        format: times,
      },
    ],
  },
];

const groups = {
  worst: groupsBy(
    worst,
    mean,
    'Worst family, less that of the best plain SGD, however short its schedule, whose clean accuracy is no lower: what is more than under-training',
  ),
  mean: groupsBy(
    mean,
    worst,
    'Mean, less what plain SGD gets that stops early where it is best for each attack and is no less accurate without poison: what is surely more than under-training',
  ),
};

export const columnGroups = (suite: Suite): readonly Group[] => groups[rankedBy(suite)];

export const scoreColumns = (suite: Suite): Column[] => columnGroups(suite).flatMap(({ columns }) => columns);

/** Whether a line stands before it. */
export const beginsGroup = (suite: Suite, column: Column) =>
  columnGroups(suite).some(({ columns }) => columns[0] === column);

const share = { hint: 'Share of the damage undone', better: 'higher', format: score } as const;

const familyColumns = (suite: Suite): Column[] =>
  familiesOf(suite).map((family) => ({
    ...share,
    id: family,
    name: familyName[family],
    of: (row) => row.families[family],
  }));

const scenarioColumns = (suite: Suite): Column[] =>
  suite.scenarios.map(({ id }) => ({ ...share, id, name: id, of: (row) => row.scenarios[id] }));

/** The suite's families, in the order in which its scenarios name them. */
export const familiesOf = (suite: Suite) => [...new Set(suite.scenarios.map(({ family }) => family))];

/**
 * Scenarios as they stand side by side on the heat map: family by family, and last the controls, which no score counts.
 */
export function scenarioGroups(suite: Suite): { name: string; scenarios: Scenario[] }[] {
  const families = familiesOf(suite).map((family) => ({
    name: familyName[family],
    scenarios: suite.scenarios.filter((scenario) => scenario.family === family && !scenario.control),
  }));
  return [...families, { name: 'Controls', scenarios: suite.scenarios.filter(({ control }) => control) }].filter(
    ({ scenarios }) => scenarios.length > 0,
  );
}

/** What the heat map tells of: each family as a whole, or each scenario. */
export type Detail = 'families' | 'scenarios';

/**
 * More scenarios than this are shown by family unless they are asked for: eight columns still fit a page beside the
 * scores.
 */
const scenariosAtOnce = 8;
const usualDetail = (suite: Suite): Detail => (suite.scenarios.length > scenariosAtOnce ? 'families' : 'scenarios');

const columnsOf = (suite: Suite, detail: Detail) => [
  ...scoreColumns(suite),
  ...(detail === 'families' ? familyColumns(suite) : scenarioColumns(suite)),
];

/** What the address asks for, as far as it makes sense; a column that is not shown is none to sort by. */
export type View = { sort: string; direction: 'asc' | 'desc'; baselines: boolean; detail: Detail };

export function viewOf(suite: Suite, query: Record<string, string | string[] | undefined>): View {
  const detail = query.detail === 'families' || query.detail === 'scenarios' ? query.detail : usualDetail(suite);
  const column = columnsOf(suite, detail).find(({ id }) => id === query.sort);
  const sort = query.sort === 'name' ? 'name' : (column?.id ?? rankedBy(suite));
  const usual = sort === 'name' || column?.better === 'lower' ? 'asc' : 'desc';
  const direction = query.direction === 'asc' || query.direction === 'desc' ? query.direction : usual;
  return { sort, direction, baselines: query.baselines !== 'hide', detail };
}

/** The address of this view with something changed; what is as usual is left out. */
export const addressOf = (suite: Suite, view: View) => `/suites/${suite.id}${queryOf(suite, view)}`;

/** What an address asks for, with its question mark; empty for the usual view. */
export function queryOf(suite: Suite, view: View): string {
  const usual = viewOf(suite, { sort: view.sort, detail: view.detail });
  const query = new URLSearchParams();
  if (usual.sort !== rankedBy(suite)) query.set('sort', usual.sort);
  if (usual.sort === view.sort && view.direction !== usual.direction) query.set('direction', view.direction);
  if (!view.baselines) query.set('baselines', 'hide');
  if (view.detail !== usualDetail(suite)) query.set('detail', view.detail);
  return query.size > 0 ? `?${query}` : '';
}

/** The perfect filter and no defense at all stand above and below the others, and are never hidden. */
export const isBracket = ({ baseline }: Pick<Standing, 'baseline'>) =>
  baseline === 'none' || baseline === 'oracle-filter';

/** The rows that the view shows, in its order. */
export const shownRows = (suite: Suite, rows: readonly Standing[], view: View): Standing[] =>
  sorted(suite, rows, view).filter((row) => view.baselines || row.baseline === null || isBracket(row));

/** Rows without the number come last in either direction; equal rows keep the board's own order. */
export function sorted(suite: Suite, rows: readonly Standing[], { sort, direction, detail }: View): Standing[] {
  const sign = direction === 'asc' ? 1 : -1;
  if (sort === 'name') return [...rows].sort((a, b) => sign * a.name.localeCompare(b.name, 'en'));
  if (sort === rankedBy(suite) && direction === 'desc') return [...rows];
  const column = columnsOf(suite, detail).find(({ id }) => id === sort)!;
  return [...rows].sort((a, b) => {
    const [x, y] = [column.of(a)?.value, column.of(b)?.value];
    if (x === undefined || y === undefined) return Number(x === undefined) - Number(y === undefined);
    return sign * (x - y);
  });
}
