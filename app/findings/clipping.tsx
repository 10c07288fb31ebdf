import { EstimateText } from '@/app/ui/estimate.tsx';
import { LinePlot } from '@/app/ui/line-plot.tsx';
import { score } from '@/app/ui/numbers.ts';
import { ticksOver, tickText } from '@/app/ui/ticks.ts';
import { modelName } from '@/app/ui/words.ts';
import { type Clipping, clippingOf, type RateCurve } from '@/lib/studies/findings/clipping.ts';
import type { Table } from '@/lib/studies/findings/table.ts';
import { Finding, PlottedValues } from './finding.tsx';
import { clippingStatement } from './statements.ts';
import { cellName, listedApart, rateText, shortName } from './words.ts';

export function ClippingFinding({ table }: { table: Table }) {
  const clipping = clippingOf(table);
  const { curves, uncounted, missing } = clipping;
  const models = [...new Set(curves.map(({ model }) => model))];
  const points = curves.flatMap(({ points }) => points);
  const rates = [...new Set(points.map(({ rate }) => rate))].sort((a, b) => a - b);
  return (
    <Finding
      id="clipping"
      statement={clippingStatement(clipping)}
      reading={`A line for each setting against BadNets.${points.some(({ faint }) => faint) ? ' The hollow points at the higher rates are the same backdoor with a trigger that is only just strong enough.' : ''} 1 is as if unattacked, 0 as bad as no defense; bars are 95 % intervals, set a little apart. “Surely” is over the points of all curves together, and over all cells in which two norms are compared.`}
      missing={missing}
      lacks={uncounted.length > 0 ? leftOut(table, uncounted) : null}
    >
      <div className="grid gap-8 md:grid-cols-2">
        {models.map((model) => (
          <LinePlot
            key={model}
            title={`BadNets on ${modelName(model)}`}
            about={`Share of the damage undone over the poison rate. ${curves
              .filter((curve) => curve.model === model)
              .map(
                ({ id, points: own }) =>
                  `${shortName[id]}: ${own.map(({ rate, rho }) => `${score(rho.value)} at ${rateText(rate)}`).join(', ')}.`,
              )
              .join(' ')}`}
            x={{
              name: 'poison rate, logarithmic',
              ticks: rates.length > 1 ? rates : [0.001, 1],
              log: true,
              text: rateText,
            }}
            y={{
              name: 'ρ',
              ticks: ticksOver(points.flatMap(({ rho: { value, low, high } }) => [value, low ?? value, high ?? value])),
              text: tickText,
            }}
            series={curves.filter((curve) => curve.model === model).map(seriesOf)}
          />
        ))}
      </div>
      <PlottedValues
        label="Share of the damage undone, by setting and rate"
        heads={['Setting', 'Attack', 'Rate', 'ρ, 95 % interval']}
        rows={curves.flatMap(({ id, model, points: own }) =>
          own.map(({ cell, rate, rho }) => ({
            key: `${id} ${model} ${cell.scenario} ${rate}`,
            name: shortName[id],
            cells: [
              cellName(table.suite, cell),
              rateText(rate),
              <EstimateText key="rho" estimate={rho} format={score} />,
            ],
          })),
        )}
      />
    </Finding>
  );
}

const reasons = {
  blunt: 'the attack does not bite there',
  biases: 'tuned biases undo more than half of the damage there',
  control: 'they are controls',
} as const;

/** The rates that no curve has, each by its own reason. */
function leftOut({ suite }: Table, uncounted: Clipping['uncounted']): string {
  return [...new Set(uncounted.map(({ why }) => why))]
    .map((reason) => {
      const cells = uncounted.filter(({ why }) => why === reason).map((cell) => cellName(suite, cell));
      return `Not counted, for ${reasons[reason]}: ${listedApart(cells)}.`;
    })
    .join(' ');
}

const seriesOf = ({ id, points }: RateCurve) => ({
  name: shortName[id],
  points: points.filter(({ faint }) => !faint).map(({ rate, rho }) => [rate, rho.value] as const),
  marks: points.filter(({ faint }) => faint).map(({ rate, rho }) => [rate, rho.value] as const),
  bars: points.flatMap(({ rate, rho: { low, high } }) =>
    low !== null && high !== null ? [[rate, low, high] as const] : [],
  ),
});
