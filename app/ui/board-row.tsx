import type { Estimate } from '@/lib/contract/report.ts';
import type { Suite } from '@/lib/contract/suite.ts';
import type { Standing } from '@/lib/db/standings.ts';
import { worsenedFamily } from '@/lib/scoring/version-2/worsened.ts';
import { type Column, type Fact, isBracket } from './board-columns.ts';
import { compareForm } from './compare-bar.tsx';
import { DefinedWord } from './definition.tsx';
import { Missing } from './estimate.tsx';
import { Gauge } from './gauge.tsx';
import { heatClass } from './heat.ts';
import type { HeatColumn } from './heat-columns.tsx';
import { percent, placesText, score } from './numbers.ts';
import { PlaceSpan } from './place-span.tsx';
import { baselineRole, familyInText, outcomeText, runtimeText } from './words.ts';

/** The columns that are shown. `begins`: those with a line before them. */
export type ShownColumns = {
  readonly places: boolean;
  readonly scores: readonly Column[];
  readonly facts: readonly Fact[];
  readonly begins: ReadonlySet<string>;
  readonly heat: readonly { name: string; columns: readonly HeatColumn[] }[];
};

/** `places`: which of so many it may have. */
type RowProps = {
  suite: Suite;
  row: Standing;
  columns: ShownColumns;
  places: { readonly open: readonly [number, number] | null; readonly of: number };
};

export function BoardRow({ suite, row, columns, places }: RowProps) {
  const { submission, name, author, kind, baseline, flags, state } = row;
  const { scores, facts, begins, heat } = columns;
  const worsened = worsenedFamily(suite, row);
  const bracket = isBracket(row);
  const address = `/submissions/${submission}?suite=${suite.id}`;
  const seeds = suite.seeds.length;
  return (
    <tr>
      <th scope="row" className={baseline ? 'edge-rule' : 'edge-accent'}>
        {state === 'scored' && (
          <input type="checkbox" name="entry" value={submission} form={compareForm} aria-label={`Compare ${name}`} />
        )}
        <a href={address}>{name}</a>
        <span className="about">
          {baseline ? <span className="mark">{baselineRole(baseline)}</span> : <span>{author}</span>}
          {kind !== 'control' && (
            <DefinedWord id={kind} className="word">
              {kind}
            </DefinedWord>
          )}
          {row.runtime !== 'javascript' && <span className="mark">{runtimeText(row.runtime)}</span>}
          {row.snapshotAt && (
            <DefinedWord id="snapshot" className="mark">
              snapshot
            </DefinedWord>
          )}
          {worsened && (
            <DefinedWord id="worse" className="mark caution">
              makes it worse: {familyInText(worsened)}
            </DefinedWord>
          )}
          {flags.map((flag) => (
            <DefinedWord key={flag} id={flag} className="mark caution">
              {flag.replaceAll('-', ' ')}
            </DefinedWord>
          ))}
        </span>
      </th>
      {columns.places && (
        <td className="first">
          <Places row={row} places={places} />
        </td>
      )}
      {state === 'scored' ? (
        scores.map((column, at) => (
          <td key={column.id} className={begins.has(column.id) ? 'first' : undefined}>
            <Numbers estimate={column.of(row)} column={column} seeds={seeds} strong={at === 0} />
            {at === 0 && <Gauge estimate={column.of(row) ?? null} strong={!bracket} />}
          </td>
        ))
      ) : scores.length > 0 ? (
        <td colSpan={scores.length} className="first">
          <Waiting row={row} />
        </td>
      ) : null}
      {facts.map((fact) => (
        <td key={fact.id} className={begins.has(fact.id) ? 'first' : undefined}>
          {fact.of(row)}
        </td>
      ))}
      {heat.flatMap((group) =>
        group.columns.map(({ id, whyNot, anchor, of }, place) => {
          const estimate = of(row);
          return (
            <td key={id} className={place === 0 ? 'heat first' : 'heat'}>
              {estimate ? (
                <a href={`${address}#${anchor}`} className={heatClass(estimate.value)}>
                  {score(estimate.value)}
                  {estimate.n !== seeds && <span>n {estimate.n}</span>}
                </a>
              ) : (
                <span>
                  <Missing why={whyMissing(whyNot, row)} />
                </span>
              )}
            </td>
          );
        }),
      )}
    </tr>
  );
}

/** A number over its interval. How many seeds it stands on is said where it is not all of the suite's. */
export function Numbers({
  estimate,
  column: { format, ends = format },
  seeds,
  strong = false,
}: {
  estimate: Estimate | null | undefined;
  column: Pick<Column, 'format' | 'ends'>;
  seeds: number;
  strong?: boolean;
}) {
  if (!estimate) return <Missing />;
  const { value, low, high, n } = estimate;
  const beside = [
    ...(low === null || high === null ? [] : [`${ends(low)} to ${ends(high)}`]),
    ...(n === seeds ? [] : [`n ${n}`]),
  ];
  return (
    <>
      {strong ? <b>{format(value)}</b> : format(value)}
      {beside.length > 0 && <span className="beside">{beside.join(' · ')}</span>}
    </>
  );
}

/** A rank where there is one; else the places that the intervals leave open, which is less. */
function Places({ row: { rank, name }, places: { open, of } }: Pick<RowProps, 'row' | 'places'>) {
  if (rank) {
    const text = placesText(rank);
    return (
      <>
        <b>{text}</b> <PlaceSpan places={rank} of={of} says={`Rank ${text} of ${of}`} />
      </>
    );
  }
  if (!open) return <Missing why="its number has no interval" />;
  return (
    <PlaceSpan places={open} of={of} says={`${name} may stand between place ${open[0]} and ${open[1]} of ${of}`} />
  );
}

function whyMissing(whyNot: string | null, { kind, state }: Standing): string {
  if (whyNot) return `not counted: ${whyNot}`;
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
  return (
    <span className="text-caution">stalled: {note ?? 'our machines gave up; organizers see it in their list'}</span>
  );
}
