import { Section } from '@/app/ui/page-head.tsx';
import { pace } from '@/lib/studies/paper/pace.ts';
import { insertionRows, insertionSummaries, type Results } from '@/lib/studies/paper/table.ts';
import { ComparisonTable } from './comparison-table.tsx';
import { OwnTable } from './own-table.tsx';
import { share } from './words.ts';

const square = (side: number) => `${side} × ${side} ${side === 1 ? 'pixel' : 'pixels'}`;

/** (e): a trained model goes on learning with triggered rows. */
export function Insertion({ results }: { results: Results }) {
  const own = insertionSummaries(results);
  return (
    <Section
      id="insertion"
      title="Feature insertion"
      aside="a trained model goes on learning with 1 % of triggered rows"
    >
      <p className="mb-6 max-w-3xl text-sm text-soft">
        The source’s numbers are those of its convolutional network, <code className="font-mono">cnn</code>, after 80
        epochs and 40 more. Ours takes {80 / pace} and {40 / pace}, at {pace} times the rate: one epoch of it is a
        stride of {pace} of the source’s, here and among the gradient artifacts. The other models train as long as the
        source’s. Not measured: <code className="font-mono">cnn</code> with patches of 7, 10 and 14 pixels a side, for
        which the source has no numbers; a seed more of the other models with them.
      </p>
      <ComparisonTable
        label="Feature insertion, the source’s numbers and ours"
        what="Patch"
        lines={insertionRows(results).map((row) => ({
          row,
          name: `${square(row.patch)}, ${row.what === 'success' ? 'attack success' : 'clean accuracy'}`,
          format: share,
        }))}
      />
      {own.length > 0 && (
        <div className="mt-8">
          <OwnTable
            label="Ours, by model and patch, after the last epoch"
            head={['Model, patch', 'Attack success', 'Clean accuracy']}
            lines={own.map(({ model, patch, success, accuracy }) => ({
              name: `${model}, ${patch === 0 ? 'before it goes on' : square(patch)}`,
              means: [success, accuracy],
            }))}
            formats={[share, share]}
          />
        </div>
      )}
    </Section>
  );
}
