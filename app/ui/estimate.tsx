import type { Estimate } from '@/lib/contract/report.ts';

/** A number with its interval, where five seeds or more allow one, and with how many seeds it stands on. */
export function EstimateText({
  estimate,
  format,
}: {
  estimate: Estimate | null | undefined;
  format: (value: number) => string;
}) {
  if (!estimate) return <Missing />;
  const { value, low, high, n } = estimate;
  return (
    <>
      {format(value)}
      <span className="beside">
        {low !== null && high !== null && `${format(low)} to ${format(high)} · `}
        <abbr
          title={`${n} scored ${n === 1 ? 'seed' : 'seeds'}${low === null ? '; fewer than five have no interval' : ''}`}
        >
          n {n}
        </abbr>
      </span>
    </>
  );
}

/** Unknown, or does not apply: never 0. */
export function Missing({ why = 'not known' }: { why?: string }) {
  return (
    <>
      <span aria-hidden="true" className="text-soft">
        –
      </span>
      <span className="sr-only">{why}</span>
    </>
  );
}
