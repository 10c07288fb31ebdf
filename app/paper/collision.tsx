import { Section } from '@/app/ui/page-head.tsx';
import { collisionSummaries, type Results } from '@/lib/studies/paper/table.ts';
import { OwnTable } from './own-table.tsx';
import { cosine, ratio, share, short } from './words.ts';

/** (d): what mixing two rows does to accuracy and gradients. */
export function Collision({ results }: { results: Results }) {
  const own = collisionSummaries(results);
  if (own.length === 0) return null;
  return (
    <Section id="collision" title="Feature collision" aside="dress pulled toward coat, under its own label">
      <p className="mb-6 max-w-3xl text-sm text-soft">
        Copies of rows of one class, mixed with a share α of a row of the other: one pair, or a hundred. Accuracy hardly
        moves; the gradients do. The source’s numbers on them stand above, among the artifacts.
      </p>
      <OwnTable
        label="Ours, by setting"
        head={['Model, pairs, α', 'Best accuracy', 'Norm ratio, last epoch', 'Cosine, last epoch']}
        lines={own.map(({ model, start, pairs, alpha, best, ...artifacts }) => ({
          name: `${model}${start === 'trained' ? ', trained on' : ''}, ${pairs === 1 ? 'one pair' : `${pairs} pairs`}, α ${short(alpha)}`,
          means: [best, artifacts.ratio, artifacts.cosine],
        }))}
        formats={[share, ratio, cosine]}
      />
    </Section>
  );
}
