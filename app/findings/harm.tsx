import { EstimateText } from '@/app/ui/estimate.tsx';
import { IntervalPlot, inWords } from '@/app/ui/interval-plot.tsx';
import { score } from '@/app/ui/numbers.ts';
import { familyName } from '@/app/ui/words.ts';
import type { Family } from '@/lib/contract/ids.ts';
import { harmOf } from '@/lib/studies/findings/harm.ts';
import type { Table } from '@/lib/studies/findings/table.ts';
import { Finding, PlottedValues } from './finding.tsx';
import { harmStatement } from './statements.ts';
import { cellName, shortName } from './words.ts';

/** More make no picture; the table has them all. */
const drawn = 24;

export function HarmFinding({ table }: { table: Table }) {
  const { suite } = table;
  const harm = harmOf(table);
  const { cells, missing } = harm;
  const shown = cells.slice(0, drawn);
  return (
    <Finding
      id="harm"
      statement={harmStatement(harm, suite)}
      reading="Each cell is one setting under one attack at one budget; shown are those in which ρ is surely below 0, with their 95 % intervals."
      missing={missing}
    >
      {shown.length > 0 && (
        <IntervalPlot
          title={
            cells.length > drawn
              ? `The ${drawn} least of ${cells.length} cells`
              : cells.length === 1
                ? 'The one cell'
                : `All ${cells.length} cells`
          }
          about={`Share of the damage undone with its interval, the least first. The least: ${shown
            .slice(0, 3)
            .map(({ id, cell, rho }) => `${shortName[id]} under ${cellName(suite, cell)}, ${inWords(rho)}`)
            .join('; ')}.`}
          rows={shown.map(({ id, cell, rho }) => ({
            label: `${shortName[id]} · ${cellName(suite, cell)}`,
            strips: [{ estimate: rho }],
          }))}
          columns={shown.length > 6 ? 2 : 1}
          axis="share of the damage undone, ρ"
        />
      )}
      {cells.length > 0 && (
        <PlottedValues
          label="Cells in which shaping gradients is surely worse than no defense"
          heads={['Setting', 'Attack', 'Family', 'ρ, 95 % interval']}
          rows={cells.map(({ id, cell, rho }) => ({
            key: `${id} ${cell.scenario} ${cell.budget}`,
            name: shortName[id],
            cells: [
              cellName(suite, cell),
              familyName[cell.family as Family],
              <EstimateText key="rho" estimate={rho} format={score} />,
            ],
          }))}
        />
      )}
    </Finding>
  );
}
