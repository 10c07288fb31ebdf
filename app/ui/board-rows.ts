import { rankedBy, type Suite } from '@/lib/contract/suite.ts';
import type { Standing } from '@/lib/db/standings.ts';
import { isBracket, sortableColumns } from './board-columns.ts';
import type { View } from './board-view.ts';
import { baselineRole, languageId, runtimeText, trackText } from './words.ts';

/** The rows that the view shows, in its order. The brackets are there in every view: they are what is compared with. */
export const shownRows = (suite: Suite, rows: readonly Standing[], view: View): Standing[] =>
  sorted(suite, rows, view).filter((row) => isBracket(row) || isAsked(row, view));

function isAsked(row: Standing, { baselines, kind, track, language, flags, search }: View): boolean {
  return (
    (baselines || row.baseline === null) &&
    (kind === null || row.kind === kind) &&
    (track === null || row.track === track) &&
    (language === null || (row.kind !== 'control' && languageId(row.runtime) === language)) &&
    (flags === null || row.flags.length > 0 === (flags === 'some')) &&
    (search === '' || holdsWords(row, search))
  );
}

/** Each word somewhere in name, author, kind, assumption, language or role of the row, whatever its case. */
function holdsWords({ name, author, kind, track, runtime, baseline }: Standing, search: string): boolean {
  const told = [name, author, kind, track && trackText[track], baseline && baselineRole(baseline)];
  const text = [...told, kind === 'control' ? null : runtimeText(runtime)].join(' ').toLowerCase();
  return search
    .toLowerCase()
    .split(' ')
    .every((word) => text.includes(word));
}

/** Rows without the number come last in either direction; equal rows keep the board's own order. */
export function sorted(suite: Suite, rows: readonly Standing[], { sort, direction, detail }: View): Standing[] {
  const sign = direction === 'asc' ? 1 : -1;
  if (sort === 'name') return [...rows].sort((a, b) => sign * a.name.localeCompare(b.name, 'en'));
  if (sort === rankedBy(suite) && direction === 'desc') return [...rows];
  const column = sortableColumns(suite, detail).find(({ id }) => id === sort)!;
  return [...rows].sort((a, b) => {
    const [x, y] = [column.of(a)?.value, column.of(b)?.value];
    if (x === undefined || y === undefined) return Number(x === undefined) - Number(y === undefined);
    return sign * (x - y);
  });
}
