import type { ReactNode } from 'react';
import { reachable } from './reachable.ts';

/** A table that is wider than the window scrolls by itself, by keyboard too, and the page does not. */
export function ScrollTable({ label, children }: { label: string; children: ReactNode }) {
  return (
    <section aria-label={label} {...reachable} className="relative -mx-4 overflow-x-auto px-4 sm:mx-0 sm:px-0">
      {children}
    </section>
  );
}
