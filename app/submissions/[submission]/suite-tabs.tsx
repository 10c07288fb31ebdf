import Link from 'next/link';
import { StateTag } from '@/app/ui/tag.tsx';
import type { SubmissionView } from '@/lib/db/submission-view.ts';

/** The way to the entry on its other suites: one address for each. Nothing where there is one. */
export function SuiteTabs({ about: { id, suite, evaluations } }: { about: SubmissionView }) {
  const newest = evaluations.filter((one, at) => evaluations.findIndex((other) => other.suite === one.suite) === at);
  if (newest.length < 2) return null;
  return (
    <nav aria-label="Suites of this entry" className="-mt-4 mb-8 flex flex-wrap gap-x-6 gap-y-2 border-b border-line">
      {newest.map((one) => (
        <Link
          key={one.suite}
          href={`/submissions/${id}?suite=${one.suite}`}
          prefetch={false}
          aria-current={one.suite === suite ? 'page' : undefined}
          className="flex items-baseline gap-2 border-b-2 border-transparent pb-1.5 text-soft hover:text-ink aria-[current=page]:border-accent aria-[current=page]:text-ink"
        >
          {one.suite} {one.state !== 'scored' && <StateTag state={one.state} />}
        </Link>
      ))}
    </nav>
  );
}
