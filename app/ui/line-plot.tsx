/**
 * One line of a plot. `marks` are single points beside it: what a source measured, or the same at something else.
 * `bars` are intervals of points or marks; where there are some at the same x, the series stand a little apart so that
 * none hides another.
 */
export type Series = {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
  readonly marks?: readonly (readonly [x: number, y: number])[];
  readonly bars?: readonly (readonly [x: number, low: number, high: number])[];
};
type Axis = {
  readonly name: string;
  readonly ticks: readonly number[];
  readonly log?: boolean;
  readonly text?: (value: number) => string;
};

const [width, height] = [360, 230];
const edge = { left: 44, right: 16, top: 12, bottom: 36 };
/** Told apart by dash as well as by color. */
const looks = [
  { stroke: 'var(--ink)', dash: undefined },
  { stroke: 'var(--accent)', dash: undefined },
  { stroke: 'var(--alarm)', dash: '6 3' },
  { stroke: 'var(--caution)', dash: '2 3' },
  { stroke: 'var(--soft)', dash: '8 3 2 3' },
  { stroke: 'var(--accent)', dash: '1 3' },
];
const apart = 3;

/**
 * Lines over a common axis, drawn on the server. The numbers stand in the tables; the picture is described in one
 * sentence.
 */
export function LinePlot({
  title,
  about,
  x,
  y,
  series,
}: {
  title: string;
  about: string;
  x: Axis;
  y: Axis;
  series: readonly Series[];
}) {
  const places = series.flatMap(({ bars = [] }) => bars.map(([place]) => place));
  const crowded = new Set(places).size < places.length;
  const room = crowded ? 12 : 0;
  const across = scale(x, edge.left + room, width - edge.right - room);
  const up = scale(y, height - edge.bottom, edge.top);
  const drawn = series.filter(({ points, marks = [] }) => points.length + marks.length > 0);
  const id = `plot-${title.toLowerCase().replace(/\W+/g, '-')}`;
  return (
    <figure className="min-w-0">
      <figcaption className="text-sm font-semibold">{title}</figcaption>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-labelledby={`${id}-title ${id}-about`}
        className="mt-2 w-full max-w-lg"
        fontSize="11"
        fill="var(--soft)"
      >
        <title id={`${id}-title`}>{title}</title>
        <desc id={`${id}-about`}>{about}</desc>
        {y.ticks.map((tick) => (
          <g key={tick}>
            <line
              x1={edge.left}
              x2={width - edge.right}
              y1={up(tick)}
              y2={up(tick)}
              stroke={tick === 0 && y.ticks[0] !== 0 ? 'var(--rule)' : 'var(--line)'}
            />
            <text x={edge.left - 6} y={up(tick) + 4} textAnchor="end">
              {textOf(y, tick)}
            </text>
          </g>
        ))}
        {x.ticks.map((tick) => (
          <text key={tick} x={across(tick)} y={height - edge.bottom + 16} textAnchor="middle">
            {textOf(x, tick)}
          </text>
        ))}
        <text x={(edge.left + width - edge.right) / 2} y={height - 4} textAnchor="middle">
          {x.name}
        </text>
        {drawn.map(({ name, points, marks = [], bars = [] }, index) => {
          const { stroke, dash } = looks[index % looks.length]!;
          const at = (value: number) => across(value) + (crowded ? apart * (index - (drawn.length - 1) / 2) : 0);
          return (
            <g key={name} stroke={stroke} fill="none">
              {bars.map(([a, low, high]) => (
                <line key={`${a}:${low}:${high}`} x1={at(a)} x2={at(a)} y1={up(low)} y2={up(high)} strokeWidth="1.25" />
              ))}
              <polyline
                points={points.map(([a, b]) => `${at(a).toFixed(1)},${up(b).toFixed(1)}`).join(' ')}
                strokeWidth="1.75"
                strokeDasharray={dash}
              />
              {points.length < 8 &&
                points.map(([a, b]) => <circle key={a} cx={at(a)} cy={up(b)} r="2.5" fill={stroke} />)}
              {marks.map(([a, b]) => (
                <circle
                  key={`${a}:${b}`}
                  cx={at(a)}
                  cy={up(b)}
                  r={crowded ? 2.75 : 4}
                  fill="var(--paper)"
                  strokeWidth="1.5"
                />
              ))}
            </g>
          );
        })}
      </svg>
      <ul className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-soft">
        {drawn.map(({ name, points }, index) => {
          const { stroke, dash } = looks[index % looks.length]!;
          return (
            <li key={name} className="flex items-center gap-1.5">
              <svg width="22" height="8" aria-hidden="true">
                {points.length > 0 ? (
                  <line x1="0" x2="22" y1="4" y2="4" stroke={stroke} strokeWidth="1.75" strokeDasharray={dash} />
                ) : (
                  <circle cx="11" cy="4" r="3" fill="var(--paper)" stroke={stroke} strokeWidth="1.5" />
                )}
              </svg>
              {name}
            </li>
          );
        })}
      </ul>
    </figure>
  );
}

const textOf = ({ text = String }: Axis, tick: number) => text(tick);

function scale({ ticks, log = false }: Axis, from: number, to: number) {
  const place = log ? Math.log : (value: number) => value;
  const [low, high] = [place(ticks[0]!), place(ticks.at(-1)!)];
  return (value: number) => from + ((Math.min(high, Math.max(low, place(value))) - low) / (high - low)) * (to - from);
}
