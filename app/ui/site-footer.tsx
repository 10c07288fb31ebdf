import Link from 'next/link';
import { harness } from '@/lib/harness.ts';
import { ThemeChoice } from './theme-choice.tsx';

export function SiteFooter({ theme }: { theme: 'light' | 'dark' | 'system' }) {
  const { version, digest } = harness();
  return (
    <footer className="mt-24 border-t border-line">
      <div className="wide grid gap-8 py-10 text-sm text-soft sm:grid-cols-[2fr_1fr_1fr]">
        <div className="max-w-md">
          <p>
            An open leaderboard of defenses against training-data poisoning. Software and suites under the MIT license;
            each defense under the license that its card names.
          </p>
          <p className="mt-3 font-mono text-xs wrap-anywhere">
            Antidote {version} · harness {digest.slice(7, 19)}
          </p>
        </div>
        <ul className="space-y-1.5">
          <li>
            <Link className="hover:text-ink hover:underline" href="/docs/score">
              How a score is made
            </Link>
          </li>
          <li>
            <Link className="hover:text-ink hover:underline" href="/integrity">
              How cheating ends
            </Link>
          </li>
          <li>
            <Link className="hover:text-ink hover:underline" href="/docs/cite">
              How to cite
            </Link>
          </li>
          <li>
            <Link className="hover:text-ink hover:underline" href="/paper">
              The seed paper, measured again
            </Link>
          </li>
          <li>
            <a className="hover:text-ink hover:underline" href="/api/v1/openapi.json">
              API description
            </a>
          </li>
          <li>
            <a className="hover:text-ink hover:underline" href="/feed.xml">
              Feed of new scores
            </a>
          </li>
        </ul>
        <ThemeChoice chosen={theme} />
      </div>
    </footer>
  );
}
