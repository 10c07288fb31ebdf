import type { Estimate } from '@/lib/contract/report.ts';

const width = 104;
const height = 18;
/** −1 is worse than nothing, 0 no defense, 1 as if unattacked. */
const at = (value: number) => Number((6 + ((value + 1) / 2) * (width - 12)).toFixed(1));
const middle = height / 2;
/** With a tick at each of the three. */
const axis = `M${at(-1)} ${middle}H${at(1)}M${at(-1)} 5v8M${at(0)} 2v14M${at(1)} 5v8`;

/** Where a robustness lies between its brackets. Decoration: the number stands beside it. */
export function Gauge({ estimate, strong = true }: { estimate: Estimate | null; strong?: boolean }) {
  return (
    <svg width={width} height={height} aria-hidden="true" className="inline-block align-middle">
      <path d={axis} stroke="var(--rule)" />
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
