import Link from 'next/link';
import type { ReactNode } from 'react';

type SortHeadProps = { href: string; sorted: 'asc' | 'desc' | null; better: 'higher' | 'lower' | null; hint?: string; className: string; children: ReactNode };

/** A column's head: a link that sorts by it, with an arrow and words for which direction is better. */
export function SortHead({ href, sorted, better, hint, className, children }: SortHeadProps) {
  return (
    <th
      scope="col"
      aria-sort={sorted === null ? undefined : sorted === 'asc' ? 'ascending' : 'descending'}
      className={`py-2 align-bottom font-semibold ${className}`}
    >
      <Link href={href} prefetch={false} title={hint} className="group inline-block underline-offset-4 hover:underline">
        {children}
        {better && (
          <span className="block text-xs font-normal whitespace-nowrap text-soft">
            <span aria-hidden="true">{better === 'higher' ? '↑' : '↓'} </span>
            {better} is better
          </span>
        )}
        {sorted && (
          <span aria-hidden="true" className="text-accent">
            {sorted === 'asc' ? '▲' : '▼'}
          </span>
        )}
      </Link>
    </th>
  );
}
