import { ColumnHeads } from '@/app/ui/column-heads.tsx';
import { ScrollTable } from '@/app/ui/scroll-table.tsx';
import { outcomeText } from '@/app/ui/words.ts';
import { type HostileModule, hostilePrograms } from '@/lib/catalog/hostile.ts';
import { Outcome } from '@/lib/contract/ids.ts';

const ends = (outcome: Outcome) =>
  outcome === 'scored' ? 'scored: it changed nothing, and its numbers are a plain run’s' : outcomeText[outcome].name;

/** Modules in one language that the jail is tried with, those that end alike together. */
export function HostileModules({ language, modules }: { language: string; modules: Record<string, HostileModule> }) {
  const groups = Outcome.options.flatMap((outcome) => {
    const tries = Object.entries(modules).flatMap(([id, module]) =>
      module.outcome === outcome ? [{ id, what: module.tries }] : [],
    );
    return tries.length > 0 ? [{ outcome, tries }] : [];
  });
  return (
    <ScrollTable label={`How a trial with each of them ends, in ${language}`}>
      <table className="w-full border-collapse text-sm">
        <caption className="sr-only">Hostile modules in {language}, by how a trial with them ends</caption>
        <ColumnHeads names={['A trial ends', 'With modules that do this']} />
        <tbody>
          {groups.map(({ outcome, tries }) => (
            <tr key={outcome} className="border-b border-line align-top">
              <th scope="row" className="min-w-44 py-2.5 pr-5 text-left font-normal">
                {ends(outcome)} <span className="block font-mono text-xs text-soft">{outcome}</span>
              </th>
              <td className="py-2.5">
                <ul className="gap-x-8 sm:columns-2 lg:columns-3">
                  {tries.map(({ id, what }) => (
                    <li key={id} className="break-inside-avoid py-0.5">
                      {what}
                    </li>
                  ))}
                </ul>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollTable>
  );
}

/** The programs that run in the guest's place. */
export function HostilePrograms() {
  return (
    <ScrollTable label="Hostile programs">
      <table className="w-full border-collapse text-sm">
        <caption className="sr-only">Programs in the guest’s place, and how they end</caption>
        <ColumnHeads names={['What it does', 'How it ends']} />
        <tbody>
          {Object.entries(hostilePrograms).map(([id, { does, ends }]) => (
            <tr key={id} className="border-b border-line align-top">
              <th scope="row" className="min-w-56 py-1.5 pr-5 text-left font-normal">
                {does}
              </th>
              <td className="min-w-56 py-1.5">{ends}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollTable>
  );
}
