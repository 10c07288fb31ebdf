/** A line over the budgets; null where nothing was measured. `look` is a class of globals.css. */
export type CurveLine = {
  readonly name: string;
  readonly look: 'entry' | 'dp-sgd' | 'undefended' | 'other';
  readonly values: readonly (number | null)[];
};

const size = { width: 220, height: 118 };
const inside = { left: 36, right: 208, top: 8, bottom: 94 };
const y = (value: number) => inside.bottom - value * (inside.bottom - inside.top);
const grid = [0, 0.5, 1].map((share) => `M${inside.left} ${y(share)}H${inside.right}`).join('');
const text = (value: number) => Number(value.toFixed(1));

/**
 * Shares of 0 to 100 % over the budgets of one scenario, at equal distances. Drawn on the server; the numbers stand in
 * the table beside it, and `label` says in a sentence what it shows.
 */
export function SmallCurve({
  label,
  budgets,
  lines,
}: {
  label: string;
  budgets: readonly string[];
  lines: readonly CurveLine[];
}) {
  const x = (place: number) =>
    budgets.length === 1
      ? (inside.left + inside.right) / 2
      : inside.left + 8 + (place / (budgets.length - 1)) * (inside.right - inside.left - 16);
  return (
    <svg viewBox={`0 0 ${size.width} ${size.height}`} role="img" aria-label={label} className="curves">
      <path d={grid} className="curve-grid" />
      {[0, 1].map((share) => (
        <text key={share} x={inside.left - 5} y={y(share) + 4} className="curve-left">
          {100 * share} %
        </text>
      ))}
      {budgets.map((budget, place) => (
        <text key={budget} x={text(x(place))} y={inside.bottom + 15} className="curve-under">
          {budget}
        </text>
      ))}
      {lines.map(({ name, look, values }) => {
        const points = values.flatMap((value, place) =>
          value === null ? [] : [`${text(x(place))} ${text(y(Math.min(1, Math.max(0, value))))}`],
        );
        return (
          points.length > 0 && (
            <g key={name} className={`curve-${look}`}>
              {points.length > 1 && <path d={`M${points.join('L')}`} />}
              {(look === 'entry' || points.length === 1) && (
                <path d={points.map((point) => `M${point}h0`).join('')} className="curve-dots" />
              )}
            </g>
          )
        );
      })}
    </svg>
  );
}

/** What each look stands for, drawn as in the plots: told apart by dash as well as by color. */
export function CurveLegend({ names }: { names: readonly (readonly [look: CurveLine['look'], name: string])[] }) {
  return (
    <ul className="mb-4 flex flex-wrap gap-x-6 gap-y-1 text-sm text-soft">
      {names.map(([look, name]) => (
        <li key={look} className="flex items-center gap-2">
          <svg width="28" height="8" aria-hidden="true" className={`curves curve-${look}`}>
            <path d="M1 4H27" />
            {look === 'entry' && <path d="M14 4h0" className="curve-dots" />}
          </svg>
          {name}
        </li>
      ))}
    </ul>
  );
}
