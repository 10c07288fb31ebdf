import Link from 'next/link';
import { EstimateText, Missing } from '@/app/ui/estimate.tsx';
import { placesText, points, score } from '@/app/ui/numbers.ts';
import { PlainTable } from '@/app/ui/plain-table.tsx';
import { familyInText, stoppedEarly } from '@/app/ui/words.ts';
import type { SeasonRow } from '@/lib/db/season-rows.ts';
import { tieGroups } from '@/lib/scoring/tie-groups.ts';
import { Marks } from './marks.tsx';
import { PlaceBar, TieBars } from './places.tsx';

const columns = ['Places', 'Tied', 'Entry', 'Mean', 'Worst family', 'Gain', 'Utility', 'Public mean', 'Gap'];

/** The board of a closed season: who stands where, as far as the seeds can tell. The ranked rows come first. */
export function SeasonBoard({ season, rows }: { season: string; rows: readonly SeasonRow[] }) {
  const ranked = rows.filter(({ rank }) => rank !== null);
  const groups = tieGroups(ranked);
  const compared = ranked[0]?.compared ?? 0;
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  return (
    <>
      <PlainTable label={`The board of season ${season}`} columns={columns}>
        {rows.map((row, at) => (
          <tr key={row.id} className="border-b border-line align-top">
            <td className="py-2 pr-4 whitespace-nowrap">
              {row.rank ? (
                <>
                  <PlaceBar rank={row.rank} of={compared} />{' '}
                  <span className="font-semibold">{placesText(row.rank)}</span>
                </>
              ) : (
                <Missing why="not ranked" />
              )}
            </td>
            <td className="relative min-w-10 py-2 pr-4">
              {row.rank && <TieBars groups={groups} row={at} />}
              {row.rank && (
                <span className="sr-only">
                  {row.tied.length === 0
                    ? 'tied with no other'
                    : `can’t be told apart from ${row.tied.map((id) => names.get(id)).join(', ')}`}
                </span>
              )}
            </td>
            <th
              scope="row"
              className="sticky left-0 z-10 max-w-72 min-w-36 bg-paper py-2 pr-4 text-left font-normal sm:min-w-44"
            >
              <Link className="link font-semibold wrap-anywhere" href={`/seasons/${season}/entries/${row.id}`}>
                {row.name}
              </Link>
              <span className="block text-xs text-soft wrap-anywhere">{row.author}</span>
              <Marks row={row} closed />
            </th>
            <td className="py-2 pr-4">
              <EstimateText estimate={row.scores?.mean} format={score} />
            </td>
            <td className="py-2 pr-4">
              <EstimateText estimate={row.scores?.worst} format={score} />
              {row.scores?.worst && (
                <span className="block text-xs text-soft">
                  {familyInText(row.scores.worst.family)}
                  {isHarmful(row) && <span className="text-alarm"> · makes it worse</span>}
                </span>
              )}
            </td>
            <td className="py-2 pr-4">
              <EstimateText estimate={row.scores?.gain} format={score} />
            </td>
            <td className="py-2 pr-4">
              <EstimateText estimate={row.scores?.utility} format={points} />
            </td>
            <td className="py-2 pr-4">
              <EstimateText estimate={row.publicMean} format={score} />
            </td>
            <td className="py-2">
              <EstimateText estimate={row.gap} format={score} />
            </td>
          </tr>
        ))}
      </PlainTable>
      <p className="mt-4 max-w-3xl text-sm text-soft">
        {compared === 0 && 'No entry has a place yet. '}
        Places are 1 + how many entries are surely better to {compared || 'all'} − how many are surely worse.{' '}
        {compared > ranked.length && 'Who left after the close keeps a place, which is not shown. '}
        <em>Surely</em> is by paired t tests over the seeds, at 5 % for the whole board with Holm’s correction. Who is
        last by loss of accuracy is not tested against the others. An entry whose mean loss of clean accuracy is above
        10 points stands after all others, whatever its mean, and however near to 10 the loss is. A bar under “Tied”
        joins neighbors of which no two can be told apart; an entry’s page names all of its ties. The gain is the mean
        less {stoppedEarly}. Places are by the mean, which an early stop raises too: where the gain is not above 0, such
        a stop, chosen for each attack, does as much. The gap is the public mean less the season’s. It is marked where
        it surely lies .1 above what is usual for reference defenses.
      </p>
    </>
  );
}

const isHarmful = ({ scores }: SeasonRow) => (scores?.worst?.high ?? 0) < 0;
