import { Track } from '@/lib/contract/card.ts';
import { RowKind } from '@/lib/contract/ids.ts';
import { LanguageId } from '@/lib/contract/runtime.ts';
import { rankedBy, type Suite } from '@/lib/contract/suite.ts';
import { columnIds, type Detail, sortableColumns, usualColumns, usualDetail } from './board-columns.ts';

/** What an address of a board asks for, as far as it makes sense; a column that is not shown is none to sort by. */
export type View = {
  sort: string;
  direction: 'asc' | 'desc';
  /** Whether the reference defenses are shown. */
  baselines: boolean;
  detail: Detail;
  /** Of the scores and facts, those that are shown, in the board's order. */
  columns: readonly string[];
  /** Words that a row has to have; empty for every row. */
  search: string;
  kind: RowKind | null;
  track: Track | null;
  language: LanguageId | null;
  /** Rows without a flag, or with one; null for both. */
  flags: 'none' | 'some' | null;
};

type Query = Readonly<Record<string, string | string[] | undefined>>;

/** Longer searches are cut. */
export const searchLimit = 80;

export function viewOf(suite: Suite, query: Query): View {
  const one = <Value extends string>(name: string, options: readonly Value[]): Value | null =>
    options.find((option) => option === query[name]) ?? null;
  const detail = one('detail', ['families', 'scenarios', 'none']) ?? usualDetail(suite);
  const columns = columnsAsked(query.columns);
  const column = sortableColumns(suite, detail).find(({ id }) => id === query.sort);
  const sort = query.sort === 'name' ? 'name' : (column?.id ?? rankedBy(suite));
  const usual = sort === 'name' || column?.better === 'lower' ? 'asc' : 'desc';
  return {
    sort,
    direction: one('direction', ['asc', 'desc']) ?? usual,
    baselines: query.baselines !== 'hide',
    detail,
    columns: columns.length > 0 ? columns : usualColumns,
    search: typeof query.search === 'string' ? tidy(query.search) : '',
    kind: one('kind', RowKind.options),
    track: one('track', Track.options),
    language: one('language', LanguageId.options),
    flags: one('flags', ['none', 'some']),
  };
}

/** From check boxes, each by itself, or from an address, in one. */
function columnsAsked(asked: Query[string]): string[] {
  const names = [asked ?? []].flat().flatMap((part) => part.split('.'));
  return columnIds.filter((id) => names.includes(id));
}

const tidy = (text: string) => text.normalize('NFC').replace(/\s+/g, ' ').trim().slice(0, searchLimit).trim();

/** The address of this view; what is as usual is left out. */
export const addressOf = (suite: Suite, view: View) => `/suites/${suite.id}${queryOf(suite, view)}`;

/** What an address asks for, with its question mark; empty for the usual view. Equal views have the same. */
export function queryOf(suite: Suite, view: View): string {
  const usual = viewOf(suite, { sort: view.sort, detail: view.detail });
  const asked = [
    ['search', view.search],
    ['kind', view.kind],
    ['track', view.track],
    ['language', view.language],
    ['flags', view.flags],
    ['sort', usual.sort === rankedBy(suite) ? null : usual.sort],
    ['direction', usual.sort === view.sort && view.direction !== usual.direction ? view.direction : null],
    ['baselines', view.baselines ? null : 'hide'],
    ['detail', view.detail === usualDetail(suite) ? null : view.detail],
    ['columns', view.columns.join() === usualColumns.join() ? null : view.columns.join('.')],
  ] as const;
  const query = new URLSearchParams(asked.flatMap(([name, value]) => (value ? [[name, value]] : [])));
  return query.size > 0 ? `?${query}` : '';
}

/** Whether this is the view's own address, of all that ask for it. */
export const isAddressOf = (suite: Suite, view: View, query: Query) => {
  const own = new URLSearchParams(queryOf(suite, view));
  return (
    Object.keys(query).length === own.size && Object.entries(query).every(([name, value]) => own.get(name) === value)
  );
};

/** Whether some rows are left out for what they are. */
export const isFiltered = ({ search, kind, track, language, flags }: View) =>
  search !== '' || [kind, track, language, flags].some((one) => one !== null);
