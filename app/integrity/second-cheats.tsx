import { ColumnHeads } from '@/app/ui/column-heads.tsx';
import { EstimateText } from '@/app/ui/estimate.tsx';
import { score } from '@/app/ui/numbers.ts';
import { ScrollTable } from '@/app/ui/scroll-table.tsx';
import { Tag } from '@/app/ui/tag.tsx';
import { kindText } from '@/app/ui/words.ts';
import {
  type CheatEnd,
  cheatEnd,
  type SecondCheat,
  type SecondCheatId,
  secondCheatsMeasured,
} from '@/lib/catalog/cheats-2.ts';
import { type CheatOnCore2, cheatsOnCore2 } from '@/lib/catalog/cheats-on-core-2.ts';
import { CheatFlags } from './cheat-flags.tsx';

const ends: Record<CheatEnd, { name: string; look: 'plain' | 'caution' | 'alarm' }> = {
  low: { name: 'low', look: 'plain' },
  'no gain': { name: 'no gain', look: 'plain' },
  flagged: { name: 'flagged', look: 'caution' },
  'not stopped': { name: 'not stopped', look: 'alarm' },
};

/** What the cheats’ numbers are compared with. */
export function SecondControls() {
  return (
    <ul className="mb-4 flex max-w-4xl flex-col gap-1 border-y border-line py-3 text-sm">
      {secondCheatsMeasured.controls.map(({ name, mean, gain, about }) => (
        <li key={name}>
          <span className="font-semibold">{name}</span>: mean {score(mean)}
          {gain !== null && `, gain ${score(gain)}`} <span className="text-soft">({about})</span>
        </li>
      ))}
    </ul>
  );
}

/** Cheats against the second rules, in the table's order, with their numbers and how they end. */
export function SecondCheats({
  label,
  cheats,
}: {
  label: string;
  cheats: readonly (readonly [id: SecondCheatId, cheat: SecondCheat])[];
}) {
  return (
    <ScrollTable label={label}>
      <table className="w-full border-collapse text-sm">
        <caption className="sr-only">{label}, with their mean robustness, their gain, and how they end</caption>
        <ColumnHeads names={['Module', 'Mean', 'Gain', 'On core-2', 'Gain there', 'How it ends', 'What it tries']} />
        <tbody>
          {cheats.map(([id, { name, kind, mean, gain, ends: end, flags, trick, because }]) => (
            <tr key={id} id={`second-${id}`} className="border-b border-line align-top">
              <th scope="row" className="min-w-40 py-2.5 pr-5 text-left font-semibold">
                {name}
                <span className="block text-xs font-normal text-soft">
                  <abbr title={kindText[kind]}>{kind}</abbr>
                </span>
              </th>
              <td className="py-2.5 pr-5">{score(mean)}</td>
              <td className="py-2.5 pr-5">{score(gain)}</td>
              <td className="py-2.5 pr-5 whitespace-nowrap">
                <EstimateText estimate={cheatsOnCore2.cheats[id].mean} format={score} />
              </td>
              <td className="py-2.5 pr-5 whitespace-nowrap">
                <EstimateText estimate={cheatsOnCore2.cheats[id].gain} format={score} />
              </td>
              <td className="py-2.5 pr-5">
                <End end={end} flags={flags} onCore2={cheatsOnCore2.cheats[id]} />
              </td>
              <td className="min-w-64 py-2.5">
                {trick} {because && <span className="text-soft">{because} </span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollTable>
  );
}

/** By its numbers on smoke-2; by those on core-2 too, where they say something else. */
function End({ end, flags, onCore2 }: { end: CheatEnd; flags: readonly string[]; onCore2: CheatOnCore2 }) {
  const there = cheatEnd(onCore2);
  return (
    <span className="flex flex-col items-start gap-1">
      <Tag look={ends[end].look}>{ends[end].name}</Tag>
      <CheatFlags flags={flags} />
      {there !== end && (
        <span className="text-xs whitespace-nowrap text-soft">
          on core-2 <Tag look={ends[there].look}>{ends[there].name}</Tag>
        </span>
      )}
    </span>
  );
}
