import Link from 'next/link';
import type { ReactNode } from 'react';

type SortHeadProps = {
  href: string;
  sorted: 'asc' | 'desc' | null;
  better: 'higher' | 'lower' | null;
  hint?: string;
  className: string;
  name: string;
  children?: ReactNode;
};

/**
 * A column's head: a link that sorts by it, with an arrow and words for which direction is better; under it what else
 * there is to say.
 */
export function SortHead({ href, sorted, better, hint, className, name, children }: SortHeadProps) {
  return (
    <th
      scope="col"
      aria-sort={sorted === null ? undefined : sorted === 'asc' ? 'ascending' : 'descending'}
      className={`py-2 align-bottom font-semibold ${className}`}
    >
      <Link href={href} prefetch={false} title={hint} className="group inline-block underline-offset-4 hover:underline">
        {name}
        {better && (
          <>
            <span aria-hidden="true" className="font-normal text-soft">
              {better === 'higher' ? '\u00a0↑' : '\u00a0↓'}
            </span>
            <span className="sr-only">, {better} is better</span>
          </>
        )}
        {sorted && (
          <span aria-hidden="true" className="text-xs text-accent">
            {sorted === 'asc' ? '\u00a0▲' : '\u00a0▼'}
          </span>
        )}
      </Link>
      {children}
    </th>
  );
}
