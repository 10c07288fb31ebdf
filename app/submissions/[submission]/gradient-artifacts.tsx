import { LinePlot } from '@/app/ui/line-plot.tsx';
import { Section } from '@/app/ui/page-head.tsx';
import { PlainTable } from '@/app/ui/plain-table.tsx';
import { StaticPart } from '@/app/ui/static-part.tsx';
import { attackName, budgetText, modelName } from '@/app/ui/words.ts';
import type { Suite } from '@/lib/contract/suite.ts';
import type { CellArtifacts } from '@/lib/scoring/gradient-artifacts.ts';

/** The page stays short: the report itself has the rest. */
const most = 8;

type Props = { suite: Suite; artifacts: readonly CellArtifacts[] };

/** How poison gradients stand out during training, epoch by epoch: the two observations of Hong et al. 2020. */
export function GradientArtifacts({ suite, artifacts }: Props) {
  const shown = artifacts.flatMap((cell) => {
    const scenario = suite.scenarios.find(({ id }) => id === cell.scenario);
    return scenario ? [{ ...cell, scenario }] : [];
  });
  if (shown.length === 0) return null;
  const drawn = shown.slice(0, most);
  return (
    <Section title="Gradient artifacts" aside="of the author’s own run: a claim">
      <p className="mb-5 max-w-3xl text-sm text-soft">
        After each epoch, the mean gradient of the poison against that of the clean rows: how much longer it is, and the
        cosine of the angle between them. A ratio near 1 and a cosine near 1 leave nothing to tell them apart by. The
        converse does not hold: late in training the gradients of any few rows, clean ones too, are longer than those of
        the others and point away from them.
        {shown.length > most && ` The first ${most} cells of ${shown.length}; the report has all.`}
      </p>
      {drawn.map(({ scenario: { id, attack, model }, budget, epochs }) => {
        const name = `${attackName(attack)} with ${budgetText(budget, attack)} on ${modelName(model)}`;
        const x = { name: 'Epoch', ticks: epochs.map(({ epoch }) => epoch) };
        const line = (of: 'normRatio' | 'cosine') =>
          epochs.flatMap((one) => (one[of] === null ? [] : [[one.epoch, one[of]] as const]));
        const top = 2 ** Math.ceil(Math.log2(Math.max(1, ...epochs.map(({ normRatio }) => normRatio ?? 0))));
        return (
          <div key={`${id} ${budget}`} className="mb-8 last:mb-0">
            <h3 className="mb-2 font-semibold">{name}</h3>
            <StaticPart as="div" className="grid gap-x-10 gap-y-6 md:grid-cols-2">
              <LinePlot
                title={`Norm ratio, ${name}`}
                about="By epoch, the norm of the poison’s mean gradient over that of the clean rows’."
                x={x}
                y={{ name: 'times', ticks: [0, top / 4, top / 2, (3 * top) / 4, top] }}
                series={[{ name: 'norm ratio', points: line('normRatio') }]}
              />
              <LinePlot
                title={`Cosine, ${name}`}
                about="By epoch, the cosine of the angle between the two mean gradients."
                x={x}
                y={{ name: 'cosine', ticks: [-1, -0.5, 0, 0.5, 1] }}
                series={[{ name: 'cosine', points: line('cosine') }]}
              />
            </StaticPart>
            <PlainTable label={`Artifacts by epoch, ${name}`} columns={['Epoch', 'Norm ratio', 'Cosine']}>
              {epochs.map(({ epoch, normRatio, cosine }) => (
                <tr key={epoch} className="border-b border-line tabular-nums">
                  <td className="py-1.5 pr-5">{epoch}</td>
                  <td className="py-1.5 pr-5">{normRatio?.toFixed(2) ?? '–'}</td>
                  <td className="py-1.5 pr-5">{cosine?.toFixed(2) ?? '–'}</td>
                </tr>
              ))}
            </PlainTable>
          </div>
        );
      })}
    </Section>
  );
}
