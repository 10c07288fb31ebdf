import type { ReactNode } from 'react';
import { inWords } from '@/app/ui/interval-plot.tsx';
import { percent } from '@/app/ui/numbers.ts';
import { ticksBetween, ticksOver, tickText } from '@/app/ui/ticks.ts';
import type { Estimate } from '@/lib/contract/report.ts';
import type { Suite } from '@/lib/contract/suite.ts';
import type { Point } from './points.ts';

const [width, height] = [720, 460];
const edge = { left: 60, right: 28, top: 34, bottom: 56 };

type Props = {
  suite: Suite;
  /** What ranks, as the axis calls it. */
  ranks: string;
  points: readonly Point[];
  underTrained: readonly { steps: number | null; x: number; y: number }[];
};

/**
 * Clean accuracy against robustness, drawn on the server. Every point is a link, so that the keyboard reaches it; the
 * table under it has the same numbers.
 */
export function ScatterPlot({ suite, ranks, points, underTrained }: Props) {
  const accuracies = [...points.flatMap(({ accuracy }) => endsOf(accuracy)), ...underTrained.map((point) => point.x)];
  const xTicks = ticksBetween(Math.min(...accuracies), Math.min(1, Math.max(...accuracies)));
  const yTicks = ticksOver([
    ...points.flatMap(({ robustness }) => endsOf(robustness)),
    ...underTrained.map(({ y }) => y),
  ]);
  const x = scale(xTicks, edge.left, width - edge.right);
  const y = scale(yTicks, height - edge.bottom, edge.top);
  const front = points.filter((point) => point.front).sort((a, b) => a.accuracy.value - b.accuracy.value);
  const named = apart(front.map((point) => ({ point, x: x(point.accuracy.value), y: y(point.robustness.value) })));
  return (
    <figure>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        aria-labelledby="scatter-title scatter-about"
        className="scatter w-full max-w-4xl"
        fill="var(--soft)"
      >
        <title id="scatter-title">Clean accuracy against robustness</title>
        <desc id="scatter-about">
          {points.length} entries; {front.length} of them on the Pareto line, where no other entry is better in both.
        </desc>
        {yTicks.map((tick) => (
          <g key={tick}>
            <path
              d={`M${edge.left} ${y(tick)}H${width - edge.right}`}
              stroke={tick === 0 ? 'var(--rule)' : 'var(--line)'}
            />
            <text x={edge.left - 8} y={y(tick) + 4} textAnchor="end">
              {tickText(tick)}
            </text>
          </g>
        ))}
        {xTicks.map((tick) => (
          <text key={tick} x={x(tick)} y={height - edge.bottom + 22} textAnchor="middle">
            {percent(tick, 0)}
          </text>
        ))}
        <text x={(edge.left + width - edge.right) / 2} y={height - 6} textAnchor="middle">
          clean accuracy →
        </text>
        <text x="0" y="16">
          ↑ {ranks}
        </text>
        <polyline
          points={underTrained.map((point) => `${x(point.x)},${y(point.y)}`).join(' ')}
          fill="none"
          stroke="var(--alarm)"
          strokeWidth="1.5"
          strokeDasharray="6 3"
        />
        <path
          d={stairs(front.map(({ accuracy, robustness }) => [x(accuracy.value), y(robustness.value)]))}
          fill="none"
          stroke="var(--accent)"
          strokeWidth="1.5"
        />
        {points.map((point) => {
          const { row, accuracy, robustness } = point;
          const at = [x(accuracy.value), y(robustness.value)];
          return (
            <a
              key={row.submission}
              href={`/submissions/${row.submission}?suite=${suite.id}`}
              aria-label={`${row.name}: clean accuracy ${percent(accuracy.value)}, ${ranks} ${inWords(robustness)}`}
              className="scatter-point"
            >
              <title>{`${row.name}: ${percent(accuracy.value)}, ${inWords(robustness)}`}</title>
              <path d={bars(accuracy, robustness, x, y)} stroke="var(--rule)" fill="none" />
              <circle
                cx={at[0]}
                cy={at[1]}
                r="5"
                fill={row.baseline ? 'var(--paper)' : 'var(--accent)'}
                stroke={row.baseline ? 'var(--ink)' : 'var(--paper)'}
                strokeWidth="1.5"
              />
              {named.has(point) && (
                <text
                  x={at[0]! > width * 0.7 ? at[0]! - 9 : at[0]! + 9}
                  y={at[1]! - 7}
                  textAnchor={at[0]! > width * 0.7 ? 'end' : 'start'}
                  className="front"
                >
                  {row.name.slice(0, 32)}
                </text>
              )}
            </a>
          );
        })}
      </svg>
      <figcaption className="mt-2 flex flex-wrap gap-x-5 gap-y-1 text-xs text-soft">
        <Key name="an entry, with its intervals">
          <circle cx="11" cy="5" r="4" fill="var(--accent)" />
        </Key>
        <Key name="a reference defense or control">
          <circle cx="11" cy="5" r="4" fill="var(--paper)" stroke="var(--ink)" strokeWidth="1.5" />
        </Key>
        <Key name="Pareto line: none is better in both">
          <path d="M0 8H11V2H22" fill="none" stroke="var(--accent)" strokeWidth="1.5" />
        </Key>
        {underTrained.length > 0 && (
          <Key name="plain SGD that stops early">
            <path d="M0 5H22" stroke="var(--alarm)" strokeWidth="1.5" strokeDasharray="6 3" />
          </Key>
        )}
      </figcaption>
    </figure>
  );
}

const Key = ({ name, children }: { name: string; children: ReactNode }) => (
  <span className="flex items-center gap-1.5">
    <svg width="22" height="10" aria-hidden="true">
      {children}
    </svg>
    {name}
  </span>
);

/** Of the points on the front those whose names have room, from the left. */
function apart(places: readonly { point: Point; x: number; y: number }[]): Set<Point> {
  const kept: (typeof places)[number][] = [];
  for (const one of places)
    if (kept.every(({ x, y }) => Math.abs(x - one.x) > 200 || Math.abs(y - one.y) > 20)) kept.push(one);
  return new Set(kept.map(({ point }) => point));
}

const endsOf = ({ value, low, high }: Estimate) => [value, low ?? value, high ?? value];

const scale = (ticks: readonly number[], from: number, to: number) => {
  const [low, high] = [ticks[0]!, ticks.at(-1)!];
  return (value: number) => Number((from + ((value - low) / (high - low)) * (to - from)).toFixed(1));
};

type Scale = ReturnType<typeof scale>;

function bars(accuracy: Estimate, robustness: Estimate, x: Scale, y: Scale): string {
  const across = accuracy.low === null ? '' : `M${x(accuracy.low)} ${y(robustness.value)}H${x(accuracy.high!)}`;
  return robustness.low === null
    ? across
    : `${across}M${x(accuracy.value)} ${y(robustness.low)}V${y(robustness.high!)}`;
}

/** From the left: what can be had at this accuracy or more. */
const stairs = (points: readonly (readonly number[])[]) =>
  points.map(([x, y], at) => (at === 0 ? `M${x} ${y}` : `V${y}H${x}`)).join('');
