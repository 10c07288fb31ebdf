import Link from 'next/link';
import { mainSuite } from '@/lib/catalog/suites/index.ts';
import type { Viewer } from '@/lib/viewer.ts';
import { Mark } from './mark.tsx';

const places = [
  [`/suites/${mainSuite.id}`, 'Board'],
  ['/seasons', 'Seasons'],
  ['/findings', 'Findings'],
  ['/attacks', 'Attacks'],
  ['/docs', 'Docs'],
  [`/suites/${mainSuite.id}/download`, 'Data'],
  ['/runners', 'Runners'],
] as const;

export function SiteHeader({ viewer }: { viewer: Viewer }) {
  return (
    <header>
      <div className="scale-edge" />
      <div className="wide flex flex-wrap items-center gap-x-8 gap-y-1 py-4">
        <Link href="/" className="flex items-center gap-2.5 text-lg font-semibold tracking-tight">
          <Mark />
          Antidote
        </Link>
        <nav aria-label="Main" className="order-last -mx-2 flex w-full flex-wrap sm:order-none sm:w-auto">
          {places.map(([href, name]) => (
            <Link key={href} href={href} className="px-2 py-1.5 text-soft hover:text-ink">
              {name}
            </Link>
          ))}
        </nav>
        <div className="ml-auto flex items-center gap-1 sm:gap-3">
          <Link
            href={viewer ? '/account' : '/sign-in'}
            className="max-w-48 truncate px-2 py-1.5 text-soft hover:text-ink"
          >
            {viewer ? viewer.name : 'Sign in'}
          </Link>
          <Link href="/submissions/new" className="button">
            Submit
          </Link>
        </div>
      </div>
    </header>
  );
}
