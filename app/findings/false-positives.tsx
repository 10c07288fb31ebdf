import { EstimateText } from '@/app/ui/estimate.tsx';
import { IntervalPlot } from '@/app/ui/interval-plot.tsx';
import { percent, points } from '@/app/ui/numbers.ts';
import type { Estimate } from '@/lib/contract/report.ts';
import { type CleanFiltering, falsePositivesOf } from '@/lib/studies/findings/false-positives.ts';
import type { Table } from '@/lib/studies/findings/table.ts';
import { Finding, PlottedValues } from './finding.tsx';
import { falsePositivesStatement } from './statements.ts';
import { modelOn, shortName } from './words.ts';

export function FalsePositivesFinding({ table }: { table: Table }) {
  const found = falsePositivesOf(table);
  const { runs, missing } = found;
  const series = [...new Set(runs.map(modelOn))];
  const drawn = (of: (run: CleanFiltering) => Estimate) =>
    [...new Set(runs.map(({ id }) => id))].map((id) => ({
      label: shortName[id],
      strips: series.map((name) => {
        const run = runs.find((one) => one.id === id && modelOn(one) === name);
        return run ? { estimate: of(run) } : null;
      }),
    }));
  const inWords = (of: (run: CleanFiltering) => Estimate, format: (value: number) => string) =>
    runs.map((run) => `${shortName[run.id]}, ${modelOn(run)}: ${format(of(run).value)}.`).join(' ');
  return (
    <Finding
      id="false-positives"
      statement={falsePositivesStatement(found)}
      reading="Runs without poison: first the share of the rows that each filter leaves out, every one of them wrongly; then what that does to clean accuracy, against the undefended model of the same seed. Bars are 95 % intervals over seeds."
      missing={missing}
    >
      <div className="grid gap-x-10 gap-y-8 md:grid-cols-2">
        <IntervalPlot
          title="Clean rows left out"
          about={inWords(({ leftOut }) => leftOut, percent)}
          series={series}
          rows={drawn(({ leftOut }) => leftOut)}
          axis="share of the clean rows"
        />
        <IntervalPlot
          title="Clean accuracy against no defense"
          about={inWords(({ utility }) => utility, points)}
          series={series}
          rows={drawn(({ utility }) => utility)}
          axis="clean accuracy, less the undefended model’s"
        />
      </div>
      <PlottedValues
        label="Filters without poison"
        heads={['Filter', 'Model', 'Clean rows left out', 'Clean accuracy, points']}
        rows={runs.map((run) => ({
          key: `${run.id} ${modelOn(run)}`,
          name: shortName[run.id],
          cells: [
            modelOn(run),
            <EstimateText key="left-out" estimate={run.leftOut} format={percent} />,
            <EstimateText key="utility" estimate={run.utility} format={points} />,
          ],
        }))}
      />
    </Finding>
  );
}
