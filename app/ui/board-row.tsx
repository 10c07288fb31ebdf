import Link from 'next/link';
import type { Suite } from '@/lib/contract/suite.ts';
import type { Standing } from '@/lib/db/standings.ts';
import { worsenedFamily } from '@/lib/scoring/version-2/worsened.ts';
import { beginsGroup, isBracket, scoreColumns } from './board-columns.ts';
import { EstimateText, Missing } from './estimate.tsx';
import { Gauge } from './gauge.tsx';
import { heatClass } from './heat.ts';
import type { HeatColumn } from './heat-columns.tsx';
import { percent, score } from './numbers.ts';
import { Tag } from './tag.tsx';
import { baselineRole, familyName, flagText, kindText, outcomeText } from './words.ts';

export function BoardRow({
  suite,
  row,
  heat,
}: {
  suite: Suite;
  row: Standing;
  heat: readonly { columns: readonly HeatColumn[] }[];
}) {
  const { submission, name, author, kind, baseline, flags, state } = row;
  const worsened = worsenedFamily(suite, row);
  const bracket = isBracket(row);
  const address = `/submissions/${submission}?suite=${suite.id}`;
  return (
    <tr className="border-b border-line">
      <th
        scope="row"
        className={`sticky -left-4 z-1 max-w-40 min-w-36 py-2.5 pr-3 pl-3.5 text-left align-top font-normal sm:left-0 sm:max-w-64 sm:min-w-52 ${bracket ? 'bg-sheet' : 'bg-paper'} ${baseline ? 'edge-rule' : 'edge-accent'}`}
      >
        <Link href={address} className="font-semibold wrap-anywhere underline-offset-4 hover:underline">
          {name}
        </Link>
        <span className="mt-0.5 flex flex-wrap items-center gap-1.5 text-xs text-soft">
          {baseline ? <Tag>{baselineRole(baseline)}</Tag> : <span className="wrap-anywhere">{author}</span>}
          {kind !== 'control' && (
            <abbr title={kindText[kind]} className="no-underline">
              {kind}
            </abbr>
          )}
          {row.snapshotAt && (
            <Tag title={`A reference snapshot, computed on another machine on ${row.snapshotAt.slice(0, 10)}`}>
              snapshot
            </Tag>
          )}
          {worsened && (
            <Tag look="caution" title="There it leaves more damage than no defense, and its interval says so">
              makes it worse: {familyName[worsened].toLowerCase()}
            </Tag>
          )}
          {flags.map((flag) => (
            <Tag key={flag} look="caution" title={flagText[flag]}>
              {flag.replaceAll('-', ' ')}
            </Tag>
          ))}
        </span>
      </th>
      {state === 'scored' ? (
        scoreColumns(suite).map((column, place) => (
          <td
            key={column.id}
            className={`px-3 py-2.5 align-top ${beginsGroup(suite, column) ? 'border-l border-line' : ''}`}
          >
            {place === 0 ? (
              <span className={`flex ${column.of(row)?.low == null ? 'items-start gap-3' : 'flex-col'}`}>
                <span className="min-w-10 *:first:font-semibold">
                  <EstimateText estimate={column.of(row)} format={score} />
                </span>
                <Gauge estimate={column.of(row) ?? null} strong={!bracket} />
              </span>
            ) : (
              <EstimateText estimate={column.of(row)} format={column.format} />
            )}
          </td>
        ))
      ) : (
        <td colSpan={scoreColumns(suite).length} className="border-l border-line px-3 py-2.5 align-top">
          <Waiting row={row} />
        </td>
      )}
      {heat.flatMap((group) =>
        group.columns.map(({ id, counts, anchor, of }, place) => {
          const estimate = of(row);
          return (
            <td key={id} className={`p-0.5 align-top ${place === 0 ? 'border-l border-line pl-3' : ''}`}>
              {estimate ? (
                <Link
                  href={`${address}#${anchor}`}
                  prefetch={false}
                  className={`block min-w-14 rounded-xs px-2 py-1.5 text-center ${heatClass(estimate.value)}`}
                >
                  {score(estimate.value)}
                  <span className="block text-xs">n {estimate.n}</span>
                </Link>
              ) : (
                <span className="block px-2 py-2 text-center">
                  <Missing why={whyMissing(counts, row)} />
                </span>
              )}
            </td>
          );
        }),
      )}
    </tr>
  );
}

function whyMissing(counts: boolean, { kind, state }: Standing): string {
  if (!counts) return 'this attack does not bite and is not counted';
  return kind === 'control' && state === 'scored'
    ? 'every row is poison: it would leave nothing to train on'
    : 'not known';
}

function Waiting({ row: { state, progress, position, note, name } }: { row: Standing }) {
  if (state === 'running')
    return (
      <span className="flex items-center gap-3">
        running, {percent(progress, 0)}
        <progress value={progress} aria-label={`Progress of ${name}`} className="w-28" />
      </span>
    );
  if (state === 'queued')
    return (
      <span className="text-soft">
        queued{position ? `, ${position} in line` : ''}
        {note ? `. ${note}` : ''}
      </span>
    );
  if (state === 'failed')
    return (
      <span className="text-alarm">
        failed in every trial{note ? `: ${outcomeText[note as keyof typeof outcomeText]?.name ?? note}` : ''}
      </span>
    );
  return <span className="text-caution">stalled: our side gave up, and an organizer is told</span>;
}
