import { EstimateText } from '@/app/ui/estimate.tsx';
import { IntervalPlot } from '@/app/ui/interval-plot.tsx';
import { LinePlot } from '@/app/ui/line-plot.tsx';
import { percent, score } from '@/app/ui/numbers.ts';
import { ticksOver, tickText } from '@/app/ui/ticks.ts';
import type { Table } from '@/lib/studies/findings/table.ts';
import { type UnderTraining, underTrainingOf } from '@/lib/studies/findings/under-training.ts';
import { Finding, PlottedValues } from './finding.tsx';
import { underTrainingStatement } from './statements.ts';
import { cellName, shortName } from './words.ts';

export function UnderTrainingFinding({ table }: { table: Table }) {
  const { suite, cells } = table;
  const found = underTrainingOf(table);
  const { frontier, settings, missing } = found;
  const gainIn = (setting: (typeof settings)[number], { scenario, budget }: (typeof cells)[number]) =>
    setting.cells.find(({ cell }) => cell.scenario === scenario && cell.budget === budget)?.gain;
  return (
    <Finding
      id="under-training"
      statement={underTrainingStatement(found)}
      reading="Right of 0 DP-SGD undoes more than plain SGD with a shorter schedule that is no less accurate without poison, left of 0 less; the schedule is chosen anew for each cell, in the frontier’s favor, and bars are 95 % intervals."
      missing={missing}
      lacks={
        frontier.length === 0
          ? 'It needs the under-training frontier of the suite’s reference, not computed yet.'
          : null
      }
    >
      <IntervalPlot
        title="Gain over training less, cell by cell"
        about={`The gain of each DP-SGD setting in each of ${cells.length} cells. ${settings
          .map(
            ({ id, cells: own }) =>
              `${shortName[id]}: above 0 in ${own.filter(({ gain }) => gain.value > 0).length} of ${own.length}.`,
          )
          .join(' ')}`}
        series={settings.map(({ id }) => shortName[id])}
        rows={cells.map((cell) => ({
          label: cellName(suite, cell),
          strips: settings.map((setting) => {
            const gain = gainIn(setting, cell);
            return gain ? { estimate: gain } : null;
          }),
        }))}
        columns={2}
        axis="ρ less that of training less"
      />
      <PlottedValues
        label="Gain of DP-SGD over training less, by cell"
        heads={['Attack', ...settings.map(({ id }) => shortName[id])]}
        rows={cells.map((cell) => ({
          key: `${cell.scenario} ${cell.budget}`,
          name: cellName(suite, cell),
          cells: settings.map((setting) => (
            <EstimateText key={setting.id} estimate={gainIn(setting, cell)} format={score} />
          )),
        }))}
      />
      <div className="mt-8">
        <Frontier found={found} />
      </div>
    </Finding>
  );
}

/** The worst family over clean accuracy: the frontier as a line, the settings as points. */
function Frontier({ found: { frontier, settings } }: { found: UnderTraining }) {
  const runs = [
    ...frontier.map(({ steps, cleanAccuracy, scores }) => ({
      key: `${steps}`,
      name: steps === null ? 'Plain SGD, whole schedule' : `Plain SGD, ${steps} steps`,
      cleanAccuracy,
      worst: scores.worst,
    })),
    ...settings.map(({ id, cleanAccuracy, worst }) => ({ key: id, name: shortName[id], cleanAccuracy, worst })),
  ];
  const whole = runs.flatMap(({ worst, ...rest }) => (worst ? [{ ...rest, worst }] : []));
  if (whole.length === 0) return null;
  const line = whole.slice(0, whole.length - settings.filter(({ worst }) => worst).length);
  const accuracies = whole.map(({ cleanAccuracy }) => cleanAccuracy);
  const step = 0.02;
  const first = Math.floor(Math.min(...accuracies) / step);
  const ticks = Array.from(
    { length: Math.max(2, Math.ceil(Math.max(...accuracies) / step) - first + 1) },
    (_, place) => step * (first + place),
  );
  const point = ({ cleanAccuracy, worst }: (typeof whole)[number]) => [cleanAccuracy, worst.value] as const;
  const bar = ({ cleanAccuracy, worst: { low, high } }: (typeof whole)[number]) =>
    low !== null && high !== null ? [[cleanAccuracy, low, high] as const] : [];
  return (
    <>
      <LinePlot
        title="Worst family over clean accuracy"
        about={`The share of the damage undone in the worst family over clean accuracy. ${whole.map(({ name, cleanAccuracy, worst }) => `${name}: ${score(worst.value)} at ${percent(cleanAccuracy)}.`).join(' ')}`}
        x={{ name: 'clean accuracy, mean over models', ticks, text: (value) => percent(value, 0) }}
        y={{
          name: 'ρ',
          ticks: ticksOver(whole.flatMap(({ worst: { value, low, high } }) => [value, low ?? value, high ?? value])),
          text: tickText,
        }}
        series={[
          {
            name: 'plain SGD, from the shortest schedule to the whole',
            points: line.map(point),
            bars: line.flatMap(bar),
          },
          ...whole
            .slice(line.length)
            .map((run) => ({ name: run.name, points: [], marks: [point(run)], bars: bar(run) })),
        ]}
      />
      <PlottedValues
        label="Clean accuracy and worst family of the frontier and of DP-SGD"
        heads={['Run', 'Clean accuracy', 'Worst family, 95 % interval']}
        rows={runs.map(({ key, name, cleanAccuracy, worst }) => ({
          key,
          name,
          cells: [percent(cleanAccuracy), <EstimateText key="worst" estimate={worst} format={score} />],
        }))}
      />
    </>
  );
}
