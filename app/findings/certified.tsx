import { EstimateText } from '@/app/ui/estimate.tsx';
import { IntervalPlot } from '@/app/ui/interval-plot.tsx';
import { LinePlot } from '@/app/ui/line-plot.tsx';
import { percent, score } from '@/app/ui/numbers.ts';
import { certifiedOf } from '@/lib/studies/findings/certified.ts';
import type { Table } from '@/lib/studies/findings/table.ts';
import { Finding, PlottedValues } from './finding.tsx';
import { certifiedStatement } from './statements.ts';
import { cellName, modelOn, shortName } from './words.ts';

export function CertifiedFinding({ table }: { table: Table }) {
  const { suite } = table;
  const found = certifiedOf(table);
  const { curves, insertions, missing } = found;
  const ks = [...new Set(curves.flatMap(({ points }) => points.map(({ rows }) => rows)))].sort((a, b) => a - b);
  const nameOf = (curve: (typeof curves)[number]) => `${shortName[curve.id]}, ${modelOn(curve)}`;
  return (
    <Finding
      id="certified"
      statement={certifiedStatement(found)}
      reading="First the accuracy that the votes of a model trained without poison prove, whatever an attacker does with k training rows, a replaced row counting as two; then the share of attacked rows given their true label under attacks that insert rows, with 95 % intervals over seeds."
      missing={missing}
    >
      <div className="grid gap-x-10 gap-y-8 md:grid-cols-2">
        <LinePlot
          title="Certified accuracy against k"
          about={curves
            .map(
              (curve) =>
                `${nameOf(curve)}: ${curve.points.map(({ rows, accuracy }) => `${percent(accuracy.value)} against ${rows}`).join(', ')}.`,
            )
            .join(' ')}
          x={{
            name: 'k, rows put in or taken out',
            ticks: ks.length > 1 ? ks.map((_, place) => place) : [0, 1],
            text: (place) => `${ks[place] ?? ''}`,
          }}
          y={{ name: 'accuracy', ticks: [0, 0.25, 0.5, 0.75, 1], text: (value) => percent(value, 0) }}
          series={curves.map((curve) => ({
            name: nameOf(curve),
            points: curve.points.map(({ rows, accuracy }) => [ks.indexOf(rows), accuracy.value] as const),
            bars: curve.points.flatMap(({ rows, accuracy: { low, high } }) =>
              low !== null && high !== null ? [[ks.indexOf(rows), low, high] as const] : [],
            ),
          }))}
        />
        {insertions.length > 0 && (
          <IntervalPlot
            title="True labels kept under attacks that insert rows"
            about={insertions
              .map(
                ({ id, cell, robust, undefended }) =>
                  `${cellName(suite, cell)}: ${shortName[id]} ${percent(robust.value)}, no defense ${percent(undefended.value)}.`,
              )
              .join(' ')}
            series={['the ensemble', 'no defense']}
            rows={insertions.map(({ id, cell, robust, undefended }) => ({
              label: `${insertions.some((other) => other.id !== id) ? `${shortName[id]} · ` : ''}${cellName(suite, cell)}`,
              strips: [{ estimate: robust }, { estimate: undefended }],
            }))}
            ticks={[0, 0.25, 0.5, 0.75, 1]}
            axis="share of attacked rows given their true label"
          />
        )}
      </div>
      <PlottedValues
        label="Certified accuracy against k rows"
        heads={['Ensemble', ...ks.map((k) => `k ${k}`)]}
        rows={curves.map((curve) => ({
          key: nameOf(curve),
          name: nameOf(curve),
          cells: ks.map((k) => (
            <EstimateText key={k} estimate={curve.points.find(({ rows }) => rows === k)?.accuracy} format={percent} />
          )),
        }))}
      />
      {insertions.length > 0 && (
        <PlottedValues
          label="True labels kept under attacks that insert rows"
          heads={['Attack', 'Ensemble', 'Rows changed', 'Kept, 95 % interval', 'Without a defense', 'Damage undone, ρ']}
          rows={insertions.map(({ id, cell, changed, robust, undefended, rho }) => ({
            key: `${id} ${cell.scenario} ${cell.budget}`,
            name: cellName(suite, cell),
            cells: [
              shortName[id],
              changed ?? 'hangs on the cluster',
              <EstimateText key="robust" estimate={robust} format={percent} />,
              <EstimateText key="undefended" estimate={undefended} format={percent} />,
              <EstimateText key="rho" estimate={rho} format={score} />,
            ],
          }))}
        />
      )}
    </Finding>
  );
}
