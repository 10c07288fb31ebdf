import type { ReactNode } from 'react';
import { EstimateText, Missing } from '@/app/ui/estimate.tsx';
import { percent, score } from '@/app/ui/numbers.ts';
import { PlainTable } from '@/app/ui/plain-table.tsx';
import { type BaselineId, describedBaseline } from '@/lib/catalog/baselines/index.ts';
import { type SecondCheatId, secondCheats } from '@/lib/catalog/cheats-2.ts';
import { type CheatInSeason, cheatsInSeason, type InProbes } from '@/lib/catalog/cheats-in-season.ts';
import { honestProbes } from '@/lib/catalog/honest-probes.ts';
import { CheatFlags } from './cheat-flags.tsx';

/** What cheats reach in a season, beside what they reach in public. */
export function CheatsInSeason() {
  const { cheats } = cheatsInSeason;
  return (
    <PlainTable
      label="Cheats in public and in a season"
      columns={['Module', 'Holds', 'Public mean', 'Season mean', 'Gap', 'Gain in the season', 'Flags in the season']}
    >
      {(Object.entries(cheats) as [SecondCheatId, CheatInSeason][]).map(([id, { mean, gain, flags }]) => (
        <tr key={id} className="border-b border-line align-top">
          <th scope="row" className="min-w-40 py-2 pr-5 text-left font-semibold">
            {secondCheats[id].name}
          </th>
          <td className="py-2 pr-5 whitespace-nowrap">{secondCheats[id].holds}</td>
          <td className="py-2 pr-5">{score(secondCheats[id].mean)}</td>
          <td className="py-2 pr-5 whitespace-nowrap">
            <EstimateText estimate={mean} format={score} />
          </td>
          <td className="py-2 pr-5">{score(secondCheats[id].mean - mean.value)}</td>
          <td className="py-2 pr-5 whitespace-nowrap">
            <EstimateText estimate={gain} format={score} />
          </td>
          <td className="py-2">
            {flags.length === 0 ? (
              'none'
            ) : (
              <span className="flex flex-col items-start gap-1">
                <CheatFlags flags={flags} />
              </span>
            )}
          </td>
        </tr>
      ))}
    </PlainTable>
  );
}

const probeColumns = ['Defense', 'Renamed', 'Shuffled', 'Other names', 'Lost there', 'Ten rows'];

/** In the order of the columns. */
const inColumns = ['oldNames', 'shuffled', 'otherNames', 'lost', 'fewRows'] as const;

/** What honest runs and cheats give in the honesty probes, under the limits. */
export function ProbesMeasured() {
  const { cheats, honest, informed } = cheatsInSeason;
  const { probes: most, defenses, seeds, season } = honestProbes;
  const rows: (readonly [name: string, is: string, probes: InProbes])[] = [
    ...(Object.entries(honest) as [BaselineId, InProbes][]).map(
      ([id, probes]) => [describedBaseline(id).name, 'reference, in the test season: one seed', probes] as const,
    ),
    ...(Object.entries(cheats) as [SecondCheatId, CheatInSeason][]).map(
      ([id, { probes }]) => [secondCheats[id].name, 'cheat, in the test season', probes] as const,
    ),
    ['Weights of the season’s own data', 'cheat, as if it had leaked', informed],
  ];
  return (
    <PlainTable label="What honesty probes give" columns={probeColumns}>
      <ProbeRow
        name="Limit"
        is="an entry is flagged above it"
        cells={inColumns.map((column) => percent(most[column].limit, 0))}
      />
      <ProbeRow
        name="Largest of honest defenses"
        is={`in season ${season}: ${defenses.length} references, mean of ${seeds} seeds`}
        cells={inColumns.map((column) => (
          <>
            {percent(most[column].largest)}
            <span className="block text-xs text-soft">{describedBaseline(most[column].defense).name}</span>
          </>
        ))}
      />
      {rows.map(([name, is, probes]) => (
        <ProbeRow
          key={name}
          name={name}
          is={is}
          cells={inColumns.map((column) =>
            probes[column] === null ? <Missing key={column} why="its trials failed" /> : percent(probes[column]),
          )}
        />
      ))}
    </PlainTable>
  );
}

const ProbeRow = ({ name, is, cells }: { name: string; is: string; cells: readonly ReactNode[] }) => (
  <tr className="border-b border-line align-top">
    <th scope="row" className="min-w-40 py-2 pr-5 text-left font-semibold">
      {name} <span className="block text-xs font-normal text-soft">{is}</span>
    </th>
    {cells.map((cell, at) => (
      <td key={inColumns[at]} className="py-2 pr-5 whitespace-nowrap">
        {cell}
      </td>
    ))}
  </tr>
);
