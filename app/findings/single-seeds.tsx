import { EstimateText } from '@/app/ui/estimate.tsx';
import { IntervalPlot } from '@/app/ui/interval-plot.tsx';
import { score } from '@/app/ui/numbers.ts';
import { rankedBy } from '@/lib/contract/suite.ts';
import { type SingleSeeds, singleSeedsOf } from '@/lib/studies/findings/single-seeds.ts';
import type { Table } from '@/lib/studies/findings/table.ts';
import { Finding, PlottedValues } from './finding.tsx';
import { singleSeedsStatement } from './statements.ts';
import { shortName } from './words.ts';

export function SingleSeedsFinding({ table }: { table: Table }) {
  const found = singleSeedsOf(table);
  const { rows, pairs, seeds } = found;
  const ranks = rankedBy(table.suite) === 'mean' ? 'mean of the families' : 'worst family';
  const Ranks = `${ranks[0]!.toUpperCase()}${ranks.slice(1)}`;
  const reversed = pairs.filter((pair) => pair.reversed > 0).sort((a, b) => b.reversed - a.reversed);
  return (
    <Finding
      id="single-seeds"
      statement={singleSeedsStatement(found)}
      reading={`In the first plot each circle is what a board of one seed would have said of the row’s ${ranks}, and the point with its bar what all ${seeds} say; the second counts how many of the ${seeds} seeds, each alone, would put the lower of two rows before the upper.`}
      lacks={
        rows.length < 2
          ? `It needs two rows at least with every trial; ${rows.length === 0 ? 'none is' : 'one is'} computed yet.`
          : null
      }
    >
      <div className="grid gap-x-10 gap-y-8 md:grid-cols-2">
        <IntervalPlot
          title={`${Ranks}, by all seeds and by each alone`}
          about={`Rows in order. ${rows.map(({ id, ranks: { value }, bySeed }) => `${shortName[id]}: ${score(value)}, single seeds from ${score(Math.min(...bySeed.values()))} to ${score(Math.max(...bySeed.values()))}.`).join(' ')}`}
          rows={rows.map(({ id, collapsed, ranks: estimate, bySeed }, place) => ({
            label: `${place + 1} ${shortName[id]}${collapsed ? ' (collapsed)' : ''}`,
            strips: [{ estimate, dots: [...bySeed.values()] }],
          }))}
          axis="share of the damage undone, ρ"
        />
        <Matrix found={found} />
      </div>
      <PlottedValues
        label={`${Ranks} by all seeds and by each alone`}
        heads={[
          'Row',
          'Places that all seeds leave open',
          `${Ranks}, 95 % interval`,
          ...table.suite.seeds.map((seed) => `Seed ${seed}`),
        ]}
        rows={rows.map(({ id, ranks: estimate, bySeed, places: [first, last] }) => ({
          key: id,
          name: shortName[id],
          cells: [
            first === last ? first : `${first} to ${last}`,
            <EstimateText key="ranks" estimate={estimate} format={score} />,
            ...table.suite.seeds.map((seed) => score(bySeed.get(seed)!)),
          ],
        }))}
      />
      {reversed.length > 0 && (
        <PlottedValues
          label="Pairs that a seed taken alone reverses"
          heads={['Before by all seeds', 'After', 'Seeds that reverse it', 'Share']}
          rows={reversed.map((pair) => ({
            key: `${pair.above} ${pair.below}`,
            name: shortName[pair.above],
            cells: [
              shortName[pair.below],
              `${pair.reversed} of ${seeds}`,
              `${Math.round((100 * pair.reversed) / seeds)} %`,
            ],
          }))}
        />
      )}
    </Finding>
  );
}

type Pair = SingleSeeds['pairs'][number];

const cell = 16;
const left = 132;
const width = 380;

/** For every pair the number of seeds that reverse it; told by the number, and by a tint. */
function Matrix({ found: { rows, pairs, seeds } }: { found: SingleSeeds }) {
  const title = `Of ${seeds} seeds, how many reverse the pair`;
  const [reversed, kept] = [pairs.filter((pair) => pair.reversed > 0), pairs.filter((pair) => pair.reversed === 0)];
  const size = Math.floor(Math.min(24, Math.max(cell, (width - left) / rows.length)));
  const placeOf = new Map(rows.map(({ id }, place) => [id, place]));
  const x = ({ below }: Pair) => left + size * placeOf.get(below)!;
  const y = ({ above }: Pair) => 24 + size * placeOf.get(above)!;
  const squares = (of: readonly Pair[]) =>
    of.map((pair) => (
      <rect
        key={`${pair.above} ${pair.below}`}
        x={x(pair)}
        y={y(pair)}
        width={size - 1.5}
        height={size - 1.5}
        fillOpacity={pair.reversed === 0 ? undefined : Number((0.12 + 0.3 * (pair.reversed / seeds)).toFixed(2))}
      />
    ));
  const counts = (of: readonly Pair[]) =>
    of.map((pair) => (
      <text key={`${pair.above} ${pair.below}`} x={x(pair) + (size - 1.5) / 2} y={y(pair) + size / 2 + 3}>
        {pair.reversed}
      </text>
    ));
  return (
    <figure className="min-w-0">
      <figcaption className="text-sm font-semibold">{title}</figcaption>
      <svg
        viewBox={`0 0 ${Math.max(width, left + size * rows.length)} ${size * rows.length + 24}`}
        role="img"
        aria-labelledby="reversals-title reversals-about"
        className="mt-2 w-full max-w-lg"
        fontSize="10.5"
        fill="var(--soft)"
      >
        <title id="reversals-title">{title}</title>
        <desc id="reversals-about">
          {reversed.length === 0
            ? 'No pair is reversed.'
            : `${reversed.length} of ${pairs.length} pairs; the last table has each.`}
        </desc>
        {rows.map(({ id }, place) => (
          <g key={id}>
            <text x={0} y={24 + size * (place + 0.5) + 4}>
              {place + 1} {shortName[id]}
            </text>
            <text x={left + size * (place + 0.5)} y={14} textAnchor="middle">
              {place + 1}
            </text>
          </g>
        ))}
        <g fill="var(--sheet)">{squares(kept)}</g>
        <g fill="var(--accent)">{squares(reversed)}</g>
        <g textAnchor="middle">{counts(kept)}</g>
        <g textAnchor="middle" fill="var(--ink)">
          {counts(reversed)}
        </g>
      </svg>
    </figure>
  );
}
