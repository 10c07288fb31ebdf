import { LinePlot } from '@/app/ui/line-plot.tsx';
import { Section } from '@/app/ui/page-head.tsx';
import type { ShapingId } from '@/lib/studies/paper/shapings.ts';
import { accuracyCurve, indiscriminateRows, type Results, slabCosts } from '@/lib/studies/paper/table.ts';
import { ComparisonTable } from './comparison-table.tsx';
import { shapingText, share, short } from './words.ts';

const attacks = [
  ['flips', 'Label flips', [0.92, 0.93, 0.94, 0.95, 0.96]],
  ['slab', 'Slab', [0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1]],
] as const;
const drawn: ShapingId[] = ['none', 'clip-0.1', 'clip-2', 'clip-8'];

/** (a) and (b): best test accuracy over the poison rate, in pictures and in numbers. */
export function Indiscriminate({ results }: { results: Results }) {
  const rows = indiscriminateRows(results);
  return (
    <Section
      id="indiscriminate"
      title="Label flips and slab"
      aside="logistic regression, dress against coat, from scratch"
    >
      <p className="mb-6 max-w-3xl text-sm text-soft">
        The share r of the training set’s size is appended as poison. Best test accuracy over 40 epochs, as in the
        source, which selects on the test set; the last epoch’s stands beside it. Circles are the source’s numbers.{' '}
        {slabCosts(results).map(
          ({ rate, ours, source }) =>
            `Slab at r = ${short(rate)} costs ${(100 * ours).toFixed(1)} points here and ${(100 * source).toFixed(1)} in the source. `,
        )}
        A tolerance of .03 is wider than that: “within” says little there. Slab at r = .3 was not measured.
      </p>
      <div className="grid gap-8 md:grid-cols-2">
        {attacks.map(([attack, title, ticks]) => (
          <LinePlot
            key={attack}
            title={title}
            about={`${title}: best test accuracy against the poison rate, without shaping and with clipping at three norms.`}
            x={{ name: 'poison rate r', ticks: [0, 0.1, 0.2, 0.3, 0.4], text: short }}
            y={{ name: 'best test accuracy', ticks, text: short }}
            series={drawn.map((shaping) => ({
              name: shaping === 'none' ? 'not clipped' : shapingText(shaping),
              points: accuracyCurve(results, attack, shaping).map(({ rate, mean }) => [rate, mean.value] as const),
              marks: rows
                .filter((row) => row.attack === attack && row.shaping === shaping)
                .map(({ rate, source }) => [rate, (source.low + source.high) / 2] as const),
            }))}
          />
        ))}
      </div>
      <div className="mt-8">
        <ComparisonTable
          label="Best test accuracy under label flips and slab, the source’s and ours"
          what="Attack"
          withLast
          lines={rows.map((row) => ({
            row,
            name: `${row.attack === 'flips' ? 'flips' : 'slab'}, r ${short(row.rate)}, ${row.shaping === 'none' ? 'not clipped' : shapingText(row.shaping)}`,
            last: row.last,
            format: share,
          }))}
        />
      </div>
    </Section>
  );
}
