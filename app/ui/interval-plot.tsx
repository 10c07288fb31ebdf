import type { Estimate } from '@/lib/contract/report.ts';
import { score } from './numbers.ts';
import { ticksOver, tickText } from './ticks.ts';

/** One line of a row: a value with its interval, or single values. */
type Strip = { readonly estimate?: Estimate; readonly dots?: readonly number[] };
/** Strips in the order of the plot's series; null where there is none. */
export type StripRow = { readonly label: string; readonly strips: readonly (Strip | null)[] };

const width = 360;
const inside = { left: 8, right: 352 };
const [labelHeight, stripHeight, gap, foot] = [15, 11, 5, 22];
/** Told apart by shape as well as by color. */
const looks = [
  { color: 'var(--accent)', mark: 'M-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0' },
  { color: 'var(--ink)', mark: 'M-3.2 -3.2h6.4v6.4h-6.4z' },
  { color: 'var(--caution)', mark: 'M0 -4L4 3.4h-8z' },
  { color: 'var(--alarm)', mark: 'M0 -4.4L4.4 0L0 4.4L-4.4 0z' },
];

type Props = {
  title: string;
  about: string;
  rows: readonly StripRow[];
  /** What each strip of a row is. */
  series?: readonly string[];
  /** Of the axis; of round numbers over all values unless given. */
  ticks?: readonly number[];
  /** Beside each other where there is room. */
  columns?: 1 | 2;
  axis: string;
};

/**
 * Values with their intervals on a common axis, one under the other; drawn on the server. The table under it has the
 * same numbers.
 */
export function IntervalPlot({
  title,
  about,
  rows,
  series = [],
  ticks = ticksOver(valuesOf(rows)),
  columns = 1,
  axis,
}: Props) {
  const each = Math.ceil(rows.length / columns);
  const parts = Array.from({ length: columns }, (_, part) => rows.slice(part * each, (part + 1) * each)).filter(
    (part) => part.length > 0,
  );
  return (
    <figure className="min-w-0">
      <figcaption className="text-sm font-semibold">{title}</figcaption>
      {series.length > 0 && <Key series={series} />}
      <div className={`mt-2 grid gap-x-10 gap-y-4 ${columns === 2 ? 'md:grid-cols-2' : ''}`}>
        {parts.map((part, index) => (
          <Part
            key={part[0]!.label}
            title={parts.length > 1 ? `${title}, part ${index + 1} of ${parts.length}` : title}
            about={about}
            rows={part}
            ticks={ticks}
            axis={axis}
          />
        ))}
      </div>
    </figure>
  );
}

const valuesOf = (rows: readonly StripRow[]) =>
  rows.flatMap(({ strips }) =>
    strips.flatMap((strip) =>
      [
        ...(strip?.dots ?? []),
        ...(strip?.estimate ? [strip.estimate.value, strip.estimate.low, strip.estimate.high] : []),
      ].flatMap((one) => one ?? []),
    ),
  );

function Part({
  title,
  about,
  rows,
  ticks,
  axis,
}: {
  title: string;
  about: string;
  rows: readonly StripRow[];
  ticks: readonly number[];
  axis: string;
}) {
  const [low, high] = [ticks[0]!, ticks.at(-1)!];
  const at = (value: number) => {
    const share = (Math.min(high, Math.max(low, value)) - low) / (high - low);
    return Number((inside.left + share * (inside.right - inside.left)).toFixed(1));
  };
  const heights = rows.map(({ strips }) => labelHeight + stripHeight * strips.length + gap);
  const tops = heights.map((_, index) => heights.slice(0, index).reduce((sum, one) => sum + one, 0));
  const bottom = heights.reduce((sum, one) => sum + one, 0);
  const id = `strips-${title.toLowerCase().replace(/\W+/g, '-')}`;
  return (
    <svg
      viewBox={`0 0 ${width} ${bottom + foot + 14}`}
      role="img"
      aria-labelledby={`${id}-title ${id}-about`}
      className="w-full max-w-lg self-start"
      fontSize="11"
      fill="var(--soft)"
    >
      <title id={`${id}-title`}>{title}</title>
      <desc id={`${id}-about`}>{about}</desc>
      {ticks.map((tick) => (
        <g key={tick}>
          <line
            x1={at(tick)}
            x2={at(tick)}
            y1={0}
            y2={bottom}
            stroke={tick === 0 ? 'var(--rule)' : 'var(--line)'}
            strokeWidth={tick === 0 ? 1.5 : 1}
          />
          <text x={at(tick)} y={bottom + 13} textAnchor={tick === low ? 'start' : tick === high ? 'end' : 'middle'}>
            {tickText(tick)}
          </text>
        </g>
      ))}
      <text x={(inside.left + inside.right) / 2} y={bottom + foot + 7} textAnchor="middle">
        {axis}
      </text>
      {rows.map(({ label, strips }, index) => (
        <g key={label} transform={`translate(0 ${tops[index]})`}>
          <text x={inside.left} y={11} fill="var(--ink)" stroke="var(--paper)" strokeWidth="4" paintOrder="stroke">
            {label}
          </text>
          {strips.map(
            (strip, series) =>
              strip && <OneStrip key={looks[series % looks.length]!.color} {...strip} at={at} series={series} />,
          )}
        </g>
      ))}
    </svg>
  );
}

function OneStrip({ estimate, dots = [], at, series }: Strip & { at: (value: number) => number; series: number }) {
  const { color, mark } = looks[series % looks.length]!;
  return (
    <g transform={`translate(0 ${labelHeight + stripHeight * (series + 0.5)})`} stroke={color} fill={color}>
      {dots.length > 0 && (
        <g fill="none" stroke="var(--soft)">
          {[...new Set(dots.map(at))].map((x) => (
            <circle key={x} cx={x} r="2.5" />
          ))}
        </g>
      )}
      {estimate && estimate.low !== null && estimate.high !== null && (
        <path
          d={`M${at(estimate.low)} 0H${at(estimate.high)}M${at(estimate.low)} -3v6M${at(estimate.high)} -3v6`}
          fill="none"
          strokeWidth="1.5"
        />
      )}
      {estimate && <path d={mark} transform={`translate(${at(estimate.value)} 0)`} stroke="var(--paper)" />}
    </g>
  );
}

function Key({ series }: { series: readonly string[] }) {
  return (
    <ul className="mt-1 flex flex-wrap gap-x-4 gap-y-1 text-xs text-soft">
      {series.map((name, index) => {
        const { color, mark } = looks[index % looks.length]!;
        return (
          <li key={name} className="flex items-center gap-1.5">
            <svg width="12" height="12" viewBox="-6 -6 12 12" aria-hidden="true">
              <path d={mark} fill={color} />
            </svg>
            {name}
          </li>
        );
      })}
    </ul>
  );
}

/** A value and its interval in words, for descriptions: 0.31 (0.20 to 0.42). */
export const inWords = ({ value, low, high }: Estimate) =>
  `${score(value)}${low !== null && high !== null ? ` (${score(low)} to ${score(high)})` : ''}`;
