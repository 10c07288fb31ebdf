import Link from 'next/link';
import type { Suite } from '@/lib/contract/suite.ts';

/** The boards of the other suites. Nothing where there is one suite only. */
export function SuiteSwitch({ suites, current }: { suites: readonly Suite[]; current: Suite }) {
  if (suites.length < 2) return null;
  return (
    <nav aria-label="Suites" className="-mx-2 mb-5 flex flex-wrap gap-y-1">
      {suites.map(({ id, title }) => (
        <Link
          key={id}
          href={`/suites/${id}`}
          aria-current={id === current.id ? 'page' : undefined}
          className="border-b-2 border-line px-3 py-1.5 text-soft hover:text-ink aria-[current=page]:border-accent aria-[current=page]:text-ink"
        >
          <span className="font-semibold">{id}</span> {title}
        </Link>
      ))}
    </nav>
  );
}
