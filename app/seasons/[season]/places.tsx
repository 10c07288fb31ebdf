import type { TieGroup } from '@/lib/scoring/tie-groups.ts';

const width = 84;

/**
 * The places that an entry may have, on the line from the first to the last. Decoration: the numbers stand beside it.
 */
export function PlaceBar({ rank: [low, high], of }: { rank: readonly [number, number]; of: number }) {
  const at = (place: number) => Number((6 + ((place - 1) / Math.max(1, of - 1)) * (width - 12)).toFixed(1));
  return (
    <svg viewBox={`0 0 ${width} 18`} aria-hidden="true" className="inline-block w-14 align-middle">
      <path d={`M${at(1)} 9H${at(of)}M${at(1)} 6v6M${at(of)} 6v6`} stroke="var(--rule)" />
      <line x1={at(low)} x2={at(high)} y1="9" y2="9" stroke="var(--accent)" strokeWidth="3" />
      {[...new Set([low, high])].map((place) => (
        <circle key={place} cx={at(place)} cy="9" r="3.5" fill="var(--accent)" stroke="var(--paper)" />
      ))}
    </svg>
  );
}

const laneWidth = 9;

/**
 * The groups that a row is in, each a bar that goes on in the rows below. It fills the cell, so that the bars of
 * neighbors join; the line that is not drawn keeps the cell as wide as all lanes. Decoration: the row names whom it
 * can't be told apart from.
 */
export function TieBars({ groups, row }: { groups: readonly TieGroup[]; row: number }) {
  const width = laneWidth * (1 + Math.max(0, ...groups.map(({ lane }) => lane)));
  return (
    <>
      <svg width={width} height="1" aria-hidden="true" className="block" />
      <svg
        viewBox={`0 0 ${width} 100`}
        preserveAspectRatio="none"
        aria-hidden="true"
        className="absolute inset-y-0 left-0 h-full"
        width={width}
      >
        {groups.map(({ first, last, lane }) => {
          if (row < first || row > last) return null;
          const [top, bottom] = [row === first ? 12 : 0, row === last ? 88 : 100];
          return (
            <rect key={first} x={laneWidth * lane + 2} y={top} width="4" height={bottom - top} fill="var(--ink)" />
          );
        })}
      </svg>
    </>
  );
}
