import Link from 'next/link';
import { points } from '@/app/ui/numbers.ts';
import { budgetText, modelName } from '@/app/ui/words.ts';
import { type AttackId, attacks } from '@/lib/catalog/attacks/index.ts';
import type { Example } from './examples.ts';
import { type Occurrence, strongestOf } from './occurrences.ts';
import { Picture } from './picture.tsx';

/** An attack in the list: what it does, whose it is, the greatest harm that it did, and four rows of its poison. */
export function AttackEntry({
  id,
  occurrences,
  examples,
}: {
  id: AttackId;
  occurrences: readonly Occurrence[];
  examples: readonly Example[] | null;
}) {
  const { title, does, threatModel, source } = attacks[id];
  const strongest = strongestOf(occurrences);
  const control = occurrences.every(({ scenario }) => scenario.control);
  return (
    <li className="grid gap-x-10 gap-y-4 border-b border-line py-6 md:grid-cols-[1fr_23rem]">
      <div className="max-w-2xl">
        <h3 className="text-base">
          <Link className="link" href={`/attacks/${id}`}>
            {title}
          </Link>
        </h3>
        <p className="mt-1">{does}</p>
        <p className="mt-2 text-sm text-soft">{threatModel}</p>
        <p className="mt-2 text-sm">
          {strongest ? (
            <>
              <span className="font-semibold tabular-nums">{points(-strongest.cell.effect.value)} points</span> of
              attacked rows right, on an undefended {modelName(strongest.scenario.model)} with{' '}
              {budgetText(strongest.cell.budget, id)}
              {control && ': a control, which no score counts'}.
            </>
          ) : (
            <span className="text-soft">Its effect on the undefended model is not computed yet.</span>
          )}
        </p>
        <p className="mt-2 text-sm">
          <a className="link" href={source.url}>
            {source.paper}
          </a>
        </p>
      </div>
      {examples && (
        <ul aria-label={`Four rows of ${title}`} className="grid max-w-92 grid-cols-4 gap-2">
          {examples
            .filter((_, place) => place % 2 === 0)
            .map(({ row, poison, shape, cleanLabel, poisonLabel }) => (
              <li key={row} className="text-xs leading-tight">
                <Picture pixels={poison} shape={shape} alt="" />
                <span className="mt-1 block text-soft">{cleanLabel}</span>
                <span className="block">{cleanLabel === poisonLabel ? 'label kept' : `→ ${poisonLabel}`}</span>
              </li>
            ))}
        </ul>
      )}
    </li>
  );
}
