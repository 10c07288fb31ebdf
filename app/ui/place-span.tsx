const width = 64;
const height = 12;
const [left, right] = [2, width - 2];

/**
 * The places that an entry may have, drawn on a line from the first to the last of so many. `says`: the same in words,
 * for whom the drawing is none.
 */
export function PlaceSpan({
  places: [from, to],
  of,
  says,
}: {
  places: readonly [number, number];
  of: number;
  says: string;
}) {
  const at = (place: number) => Number((left + ((place - 1) / Math.max(1, of)) * (right - left)).toFixed(1));
  return (
    <svg width={width} height={height} role="img" aria-label={says} className="inline-block align-middle">
      <path d={`M${left} 6H${right}M${left} 3v6M${right} 3v6`} stroke="var(--rule)" />
      <path d={`M${at(from)} 6H${at(to + 1)}`} stroke="var(--accent)" strokeWidth="5" />
    </svg>
  );
}
