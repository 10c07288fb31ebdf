import { LinePlot } from '@/app/ui/line-plot.tsx';
import { Section } from '@/app/ui/page-head.tsx';
import { pace } from '@/lib/studies/paper/pace.ts';
import { type ArtifactRow, artifactCurve, artifactRows, type Results } from '@/lib/studies/paper/table.ts';
import { ComparisonTable } from './comparison-table.tsx';
import { cosine, ratio, short } from './words.ts';

const curves = [
  { name: 'flips, r .4', attack: 'flips', setting: null },
  { name: 'slab, r .4', attack: 'slab', setting: null },
  { name: 'collision, α .1', attack: 'collision', setting: 0.1 },
  { name: 'collision, α 1', attack: 'collision', setting: 1 },
  { name: 'insertion, patch 4', attack: 'insertion', setting: 4 },
] as const;

/** The two artifacts that gradient shaping acts on: poison's gradients are longer, and point elsewhere. */
export function Artifacts({ results }: { results: Results }) {
  const measured = curves.map((curve) => ({ name: curve.name, epochs: artifactCurve(results, curve) }));
  const x = { name: 'epoch', ticks: [1, 10, 20, 30, 40] };
  return (
    <Section id="artifacts" title="Gradient artifacts" aside="undefended training, mean over seeds">
      <p className="mb-6 max-w-3xl text-sm text-soft">
        In each minibatch, before its update, the gradient of the mean loss on its poison rows and on its clean rows, of
        the last layer’s kernel; both averaged over the epoch, then compared. Insertion’s are those of the convolutional
        network, in strides of {pace} epochs.
      </p>
      <div className="grid gap-8 md:grid-cols-2">
        <LinePlot
          title="Norm of poison’s gradient over that of clean rows"
          about="The ratio of norms over the epochs, on a logarithmic scale, for each attack: above 1 throughout."
          x={x}
          y={{ name: 'ratio', ticks: [1, 3, 10, 30, 100, 300], log: true }}
          series={measured.map(({ name, epochs }) => ({
            name,
            points: epochs.map((one) => [one.epoch, one.ratio] as const),
          }))}
        />
        <LinePlot
          title="Cosine of the angle between the two"
          about="The cosine between the gradients of poison and of clean rows over the epochs, for each attack: near −1, but for collision at α = .1, where it swings about −.5, and insertion, whose cosine rises as the trigger is learned."
          x={x}
          y={{ name: 'cosine', ticks: [-1, -0.5, 0, 0.5, 1], text: short }}
          series={measured.map(({ name, epochs }) => ({
            name,
            points: epochs.map((one) => [one.epoch, one.cosine] as const),
          }))}
        />
      </div>
      <div className="mt-8">
        <ComparisonTable
          label="Gradient artifacts, the source’s and ours"
          what="Artifact"
          lines={artifactRows(results).map((row) => ({
            row,
            name: nameOf(row),
            format: row.what === 'ratio' ? ratio : cosine,
          }))}
        />
      </div>
    </Section>
  );
}

function nameOf({ attack, setting, epoch, what }: ArtifactRow): string {
  const of =
    attack === 'collision'
      ? `collision, α ${short(setting!)}`
      : attack === 'insertion'
        ? `insertion, patch ${setting}`
        : `${attack}, r .4`;
  return `${of}, ${what}${epoch === null ? '' : ` at epoch ${epoch}`}`;
}
