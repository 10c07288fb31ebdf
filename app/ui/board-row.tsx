import type { Suite } from '@/lib/contract/suite.ts';
import type { Standing } from '@/lib/db/standings.ts';
import { worsenedFamily } from '@/lib/scoring/version-2/worsened.ts';
import { beginsGroup, isBracket, scoreColumns } from './board-columns.ts';
import { EstimateText, Missing } from './estimate.tsx';
import { Gauge } from './gauge.tsx';
import { heatClass } from './heat.ts';
import type { HeatColumn } from './heat-columns.tsx';
import { LanguageTag } from './language-tag.tsx';
import { percent, score } from './numbers.ts';
import { staticHtml } from './static-html.ts';
import { Tag } from './tag.tsx';
import { baselineRole, familyName, flagText, kindText, outcomeText } from './words.ts';

type RowProps = { suite: Suite; row: Standing; heat: readonly { columns: readonly HeatColumn[] }[] };

/** A row is text to React: of many rows, its work on every cell took most of the time of a rendering. */
export function BoardRow(props: RowProps) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: staticHtml escapes all text
  return <tr dangerouslySetInnerHTML={{ __html: staticHtml(<Cells {...props} />) }} />;
}

function Cells({ suite, row, heat }: RowProps) {
  const { submission, name, author, kind, baseline, flags, state } = row;
  const worsened = worsenedFamily(suite, row);
  const bracket = isBracket(row);
  const address = `/submissions/${submission}?suite=${suite.id}`;
  return (
    <>
      <th scope="row" className={`${bracket ? 'bg-sheet' : 'bg-paper'} ${baseline ? 'edge-rule' : 'edge-accent'}`}>
        <a href={address} className="font-semibold wrap-anywhere underline-offset-4 hover:underline">
          {name}
        </a>
        <span className="mt-0.5 flex flex-wrap items-center gap-1.5 text-xs text-soft">
          {baseline ? <Tag>{baselineRole(baseline)}</Tag> : <span className="wrap-anywhere">{author}</span>}
          {kind !== 'control' && <abbr title={kindText[kind]}>{kind}</abbr>}
          {row.runtime !== 'javascript' && <LanguageTag runtime={row.runtime} />}
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
          <td key={column.id} className={beginsGroup(suite, column) ? 'first' : undefined}>
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
        <td colSpan={scoreColumns(suite).length} className="first">
          <Waiting row={row} />
        </td>
      )}
      {heat.flatMap((group) =>
        group.columns.map(({ id, counts, anchor, of }, place) => {
          const estimate = of(row);
          return (
            <td key={id} className={place === 0 ? 'heat first' : 'heat'}>
              {estimate ? (
                <a href={`${address}#${anchor}`} className={heatClass(estimate.value)}>
                  {score(estimate.value)}
                  <span>n {estimate.n}</span>
                </a>
              ) : (
                <span>
                  <Missing why={whyMissing(counts, row)} />
                </span>
              )}
            </td>
          );
        }),
      )}
    </>
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
