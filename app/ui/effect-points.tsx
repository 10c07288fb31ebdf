import type { Estimate } from '@/lib/contract/report.ts';
import { points } from './numbers.ts';

/** How many points an attack costs the undefended model, with its interval where it has one. */
export const EffectPoints = ({ effect: { value, low, high, n } }: { effect: Estimate }) => (
  <>
    {points(value)} points
    {low !== null && high !== null && (
      <span className="text-soft">
        , {points(low)} to {points(high)}, n {n}
      </span>
    )}
  </>
);
