import type { Standing } from '@/lib/db/standings.ts';
import { When } from './when.tsx';

/**
 * Of a board on which rows of the reference table stand that came with the software: what they are, and how anybody
 * checks one.
 */
export function SnapshotNote({ suite, rows }: { suite: string; rows: readonly Standing[] }) {
  const snapshots = rows.filter(({ snapshotAt }) => snapshotAt !== null);
  const times = snapshots.map(({ snapshotAt }) => snapshotAt!).sort();
  const example = snapshots.find(({ baseline }) => baseline === 'dp-sgd') ?? snapshots[0];
  if (!example) return null;
  return (
    <p className="mt-4 max-w-4xl text-sm text-soft">
      {snapshots.length === 1 ? 'One row is' : `${snapshots.length} rows are`} a reference snapshot: computed on another
      machine by the same path (queue, runner, jail), signed, and delivered with the software; the last of them on{' '}
      <When at={times.at(-1)!} />. Their pages name the hardware and every digest. Run one again and compare each number
      with <code className="wrap-anywhere">{`npx antidote verify ${example.baseline} --suite ${suite}`}</code>.
    </p>
  );
}
