import { points } from '@/app/ui/numbers.ts';
import { budgetText } from '@/app/ui/words.ts';
import type { Occurrence } from '../occurrences.ts';

const width = 420;
const height = 260;
const inside = { left: 46, right: 318, top: 14, bottom: 218 };
const looks = [
  { color: 'var(--accent)', dash: undefined, mark: 'M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0' },
  { color: 'var(--ink)', dash: '6 3', mark: 'M-4 -4h8v8h-8z' },
  { color: 'var(--caution)', dash: '2 3', mark: 'M0 -5.5L5.5 4.5h-11z' },
  { color: 'var(--alarm)', dash: '8 3 2 3', mark: 'M0 -6L6 0L0 6L-6 0z' },
] as const;

/**
 * The effect over budgets, a line for each scenario: told apart by mark, dash and name, not by color alone. The table
 * under it has the same numbers.
 */
export function EffectChart({ label, occurrences }: { label: string; occurrences: readonly Occurrence[] }) {
  const drawn = occurrences.filter(({ cells }) => cells.length > 0);
  if (drawn.length === 0) return null;
  const { scenario: first, gate } = drawn[0]!;
  const { attack } = first;
  const cells = drawn.flatMap((one) => one.cells);
  const budgets = [...new Set(cells.map(({ budget }) => budget))].sort((a, b) => a - b);
  const step = stepFor(Math.max(gate, ...cells.map(({ effect }) => effect.high ?? effect.value)));
  const top = step * Math.ceil(Math.max(gate, ...cells.map(({ effect }) => effect.high ?? effect.value)) / step);
  const bottom = step * Math.floor(Math.min(0, ...cells.map(({ effect }) => effect.low ?? effect.value)) / step);
  const x = (budget: number) => inside.left + (budget / budgets.at(-1)!) * (inside.right - inside.left);
  const y = (effect: number) => inside.bottom - ((effect - bottom) / (top - bottom)) * (inside.bottom - inside.top);
  const ticks = Array.from({ length: Math.round((top - bottom) / step) + 1 }, (_, i) => bottom + i * step);
  const names = apart(drawn.map(({ cells: own }) => y(own.at(-1)!.effect.value)));
  const id = `effect-${drawn[0]!.suite.id}`;
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-labelledby={`${id}-title ${id}-about`}
      className="mt-3 mb-5 w-full max-w-112 text-[12px]"
    >
      <title id={`${id}-title`}>{label}</title>
      <desc id={`${id}-about`}>
        {drawn.map(
          ({ scenario, cells: own }) =>
            `${scenario.id}: ${own.map(({ budget, effect }) => `${points(effect.value)} points with ${budgetText(budget, attack)}`).join(', ')}. `,
        )}
        The gate is {100 * gate} points.
      </desc>
      {ticks.map((tick) => (
        <g key={tick}>
          <line
            x1={inside.left}
            x2={inside.right}
            y1={y(tick)}
            y2={y(tick)}
            stroke={tick === 0 ? 'var(--rule)' : 'var(--line)'}
          />
          <text x={inside.left - 8} y={y(tick) + 4} textAnchor="end" fill="var(--soft)">
            {Math.round(100 * tick)}
          </text>
        </g>
      ))}
      {spaced(budgets, x).map((budget) => (
        <text key={budget} x={x(budget)} y={inside.bottom + 18} textAnchor="middle" fill="var(--soft)">
          {budgetText(budget, attack).replace(' poison', '')}
        </text>
      ))}
      <text x={inside.left} y={height - 6} fill="var(--soft)">
        Budget; upwards the effect in points
      </text>
      <line x1={inside.left} x2={inside.right} y1={y(gate)} y2={y(gate)} stroke="var(--alarm)" strokeDasharray="3 3" />
      <text
        x={inside.right + 12}
        y={Math.min(y(gate) + 4, inside.bottom + 4)}
        fill="var(--alarm)"
        className={names.some((at) => Math.abs(at - y(gate)) < 14) ? 'hidden' : ''}
      >
        gate
      </text>
      {drawn.map(({ scenario, cells: own }, place) => {
        const { color, dash, mark } = looks[place % looks.length]!;
        return (
          <g key={scenario.id} stroke={color} fill={color}>
            <path
              d={`M${x(0)} ${y(0)}${own.map(({ budget, effect }) => `L${x(budget)} ${y(effect.value)}`).join('')}`}
              fill="none"
              strokeWidth="1.5"
              strokeDasharray={dash}
            />
            {own.map(({ budget, effect }) => (
              <g key={budget} transform={`translate(${x(budget)} 0)`}>
                {effect.low !== null && effect.high !== null && (
                  <path
                    d={`M0 ${y(effect.low)}V${y(effect.high)}M-4 ${y(effect.low)}h8M-4 ${y(effect.high)}h8`}
                    fill="none"
                    strokeWidth="1.5"
                  />
                )}
                <path d={mark} transform={`translate(0 ${y(effect.value)})`} stroke="var(--paper)" />
              </g>
            ))}
            <text x={x(own.at(-1)!.budget) + 12} y={names[place]! + 4} stroke="none">
              {scenario.model}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

/** A round step with which the axis has two to five parts. */
const stepFor = (greatest: number) => [0.01, 0.02, 0.05, 0.1, 0.2].find((step) => greatest / step <= 5) ?? 0.25;

/** Heights moved down until no two are closer than a line of text. */
function apart(heights: readonly number[]): number[] {
  const moved = [...heights];
  let last = Number.NEGATIVE_INFINITY;
  for (const place of [...heights.keys()].sort((a, b) => heights[a]! - heights[b]!)) {
    moved[place] = Math.max(heights[place]!, last + 14);
    last = moved[place];
  }
  return moved;
}

/** Those whose names don't run into each other, from the largest down. */
function spaced(budgets: readonly number[], x: (budget: number) => number): number[] {
  const kept: number[] = [];
  for (const budget of [...budgets].reverse())
    if (kept.length === 0 || x(kept.at(-1)!) - x(budget) >= 44) kept.push(budget);
  return kept;
}
