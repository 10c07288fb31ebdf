import { Missing } from '@/app/ui/estimate.tsx';
import { percent, score } from '@/app/ui/numbers.ts';
import { PlainTable } from '@/app/ui/plain-table.tsx';
import { type BaselineId, describedBaseline } from '@/lib/catalog/baselines/index.ts';
import { type SecondCheatId, secondCheats } from '@/lib/catalog/cheats-2.ts';
import { type CheatInSeason, cheatsInSeason, type InProbes } from '@/lib/catalog/cheats-in-season.ts';
import { CheatFlags } from './cheat-flags.tsx';

/** What cheats reach in a season, beside what they reach in public. */
export function CheatsInSeason() {
  const { cheats } = cheatsInSeason;
  return (
    <PlainTable
      label="Cheats in public and in a season"
      columns={['Module', 'Holds', 'Public mean', 'Season mean', 'Gap', 'Flags in the season']}
    >
      {(Object.entries(cheats) as [SecondCheatId, CheatInSeason][]).map(([id, { mean, low, high, flags }]) => (
        <tr key={id} className="border-b border-line align-top">
          <th scope="row" className="min-w-40 py-2 pr-5 text-left font-semibold">
            {secondCheats[id].name}
          </th>
          <td className="py-2 pr-5 whitespace-nowrap">{secondCheats[id].holds}</td>
          <td className="py-2 pr-5">{score(secondCheats[id].mean)}</td>
          <td className="py-2 pr-5 whitespace-nowrap">
            {score(mean)}
            {low !== null && high !== null && (
              <span className="text-soft">
                {' '}
                ({score(low)} to {score(high)})
              </span>
            )}
          </td>
          <td className="py-2 pr-5">{score(secondCheats[id].mean - mean)}</td>
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

/** What honest runs and cheats give in the honesty probes. */
export function ProbesMeasured() {
  const { cheats, honest, informed } = cheatsInSeason;
  const rows: (readonly [name: string, is: string, probes: InProbes])[] = [
    ...(Object.entries(honest) as [BaselineId, InProbes][]).map(
      ([id, probes]) => [describedBaseline(id).name, 'reference', probes] as const,
    ),
    ...(Object.entries(cheats) as [SecondCheatId, CheatInSeason][]).map(
      ([id, { probes }]) => [secondCheats[id].name, 'cheat', probes] as const,
    ),
    ['Weights of the season’s own data', 'cheat, as if it had leaked', informed],
  ];
  return (
    <PlainTable label="What honesty probes give" columns={probeColumns}>
      {rows.map(([name, is, { oldNames, shuffled, otherNames, lost, fewRows }]) => (
        <tr key={name} className="border-b border-line align-top">
          <th scope="row" className="min-w-40 py-2 pr-5 text-left font-semibold">
            {name} <span className="block text-xs font-normal text-soft">{is}</span>
          </th>
          {[oldNames, shuffled, otherNames, lost, fewRows].map((value, at) => (
            <td key={probeColumns[at + 1]} className="py-2 pr-5 whitespace-nowrap">
              {value === null ? <Missing why="its trials failed" /> : percent(value)}
            </td>
          ))}
        </tr>
      ))}
    </PlainTable>
  );
}
