import type { Estimate } from '@/lib/contract/report.ts';

const width = 104;
const height = 18;
/** −1 is worse than nothing, 0 no defense, 1 as if unattacked. */
const at = (value: number) => 6 + ((value + 1) / 2) * (width - 12);

/** Where a robustness lies between its brackets. Decoration: the number stands beside it. */
export function Gauge({ estimate, strong = true }: { estimate: Estimate | null; strong?: boolean }) {
  const middle = height / 2;
  return (
    <svg width={width} height={height} aria-hidden="true" className="inline-block align-middle">
      <line x1={at(-1)} x2={at(1)} y1={middle} y2={middle} stroke="var(--rule)" />
      {[-1, 0, 1].map((tick) => (
        <line
          key={tick}
          x1={at(tick)}
          x2={at(tick)}
          y1={tick === 0 ? 2 : 5}
          y2={height - (tick === 0 ? 2 : 5)}
          stroke="var(--rule)"
        />
      ))}
      {estimate && estimate.low !== null && estimate.high !== null && (
        <line
          x1={at(estimate.low)}
          x2={at(estimate.high)}
          y1={middle}
          y2={middle}
          stroke="var(--accent)"
          strokeWidth="3"
          opacity="0.5"
        />
      )}
      {estimate && (
        <circle
          cx={at(estimate.value)}
          cy={middle}
          r="4.5"
          fill={strong ? 'var(--accent)' : 'var(--paper)'}
          stroke={strong ? 'var(--paper)' : 'var(--soft)'}
          strokeWidth="1.5"
        />
      )}
    </svg>
  );
}
