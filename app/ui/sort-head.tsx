import Link from 'next/link';
import type { ReactNode } from 'react';
import { QuestionMark } from './definition.tsx';

type SortHeadProps = {
  id: string;
  href: string;
  sorted: 'asc' | 'desc' | null;
  better: 'higher' | 'lower' | null;
  /** What the column tells. */
  hint?: string | undefined;
  /** `first` of its group: a line stands before it. */
  className?: string | undefined;
  name: string;
  children?: ReactNode;
};

/**
 * A column's head: a link that sorts by it, with an arrow and words for which direction is better, and what it means;
 * under it what else there is to say.
 */
export function SortHead({ id, href, sorted, better, hint, className, name, children }: SortHeadProps) {
  return (
    <th
      scope="col"
      aria-sort={sorted === null ? undefined : sorted === 'asc' ? 'ascending' : 'descending'}
      className={className}
    >
      <Link href={href} prefetch={false} className="inline-block min-h-6 underline-offset-4 hover:underline">
        {name}
        {better && <span className="sr-only">, {better} is better</span>}
      </Link>{' '}
      <span className="signs">
        {better && (
          <span aria-hidden="true" className="text-soft">
            {better === 'higher' ? '↑' : '↓'}
          </span>
        )}
        {sorted && (
          <span aria-hidden="true" className="text-xs text-accent">
            {sorted === 'asc' ? '▲' : '▼'}
          </span>
        )}
        {hint && (
          <QuestionMark id={id} word={name}>
            {hint}.
          </QuestionMark>
        )}
      </span>
      {children}
    </th>
  );
}
