import { score } from '@/app/ui/numbers.ts';
import { ScrollTable } from '@/app/ui/scroll-table.tsx';
import type { BaselineId } from '@/lib/catalog/baselines/index.ts';
import { type Stability, stabilityOf, type Variant } from '@/lib/studies/findings/stability.ts';
import type { Table } from '@/lib/studies/findings/table.ts';
import { Finding } from './finding.tsx';
import { changeName, stabilityStatement } from './statements.ts';
import { shortName } from './words.ts';

export function StabilitySection({ table }: { table: Table }) {
  const found = stabilityOf(table);
  return (
    <Finding
      id="stability"
      statement={stabilityStatement(found)}
      reading="Each column is the place of every row by the number that orders rows, had one thing been done otherwise: a family left out, every gate a fifth lower or higher, or the share of attacked rows given their true label (raw P) in place of the share of the damage undone; the arrow says by how many places the row moves, and Kendall’s τ is 1 where the order is the same and −1 where it is turned round."
      lacks={
        found.published.length < 2
          ? `It needs two rows at least; ${found.published.length === 0 ? 'none is' : 'one is'} computed yet.`
          : null
      }
    >
      <PlaceTable found={found} />
    </Finding>
  );
}

function PlaceTable({ found: { published, cells, variants } }: { found: Stability }) {
  const label = 'Place of each row by the number that orders rows, as published and had it been done otherwise';
  return (
    <ScrollTable label={label}>
      <table className="border-collapse text-sm">
        <caption className="sr-only">{label}</caption>
        <thead className="border-b border-rule text-left align-bottom">
          <tr>
            {['Row', 'Published'].map((name) => (
              <th key={name} scope="col" className="py-1.5 pr-5 align-bottom font-semibold">
                {name}
              </th>
            ))}
            {variants.map(({ change }) => (
              <th key={changeName(change)} scope="col" className="py-1.5 pr-5 align-bottom font-semibold">
                {capital(changeName(change))}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {published.map((id, place) => (
            <tr key={id} className="border-b border-line *:py-1.5 *:pr-5 *:whitespace-nowrap">
              <th scope="row" className="sticky -left-4 bg-paper text-left font-normal sm:left-0">
                {shortName[id]}
              </th>
              <td>{place + 1}</td>
              {variants.map((variant) => (
                <td key={changeName(variant.change)}>
                  <Place id={id} variant={variant} published={place} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr className="*:py-1.5 *:pr-5">
            <th scope="row" className="text-left">
              Kendall’s τ
            </th>
            <td>1.00</td>
            {variants.map(({ change, tau }) => (
              <td key={changeName(change)} className="font-semibold">
                {score(tau)}
              </td>
            ))}
          </tr>
          <tr className="*:pr-5">
            <th scope="row" className="text-left font-normal text-soft">
              Cells that count
            </th>
            <td className="text-soft">{cells}</td>
            {variants.map((variant) => (
              <td key={changeName(variant.change)} className="text-soft">
                {variant.cells}
              </td>
            ))}
          </tr>
        </tfoot>
      </table>
    </ScrollTable>
  );
}

function Place({ id, variant: { order }, published }: { id: BaselineId; variant: Variant; published: number }) {
  const place = order.indexOf(id);
  const moved = published - place;
  return (
    <>
      {place + 1}
      {moved !== 0 && (
        <span className={`ml-1.5 text-xs ${moved > 0 ? 'text-accent' : 'text-alarm'}`}>
          <span aria-hidden="true">{moved > 0 ? '↑' : '↓'}</span>
          <span className="sr-only">{moved > 0 ? 'up' : 'down'} </span>
          {Math.abs(moved)}
        </span>
      )}
    </>
  );
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
