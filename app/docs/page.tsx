import type { Metadata } from 'next';
import Link from 'next/link';
import { PageHead } from '@/app/ui/page-head.tsx';
import { chapterIds, chapters } from './chapters.ts';

export const metadata: Metadata = {
  title: 'Documentation',
  description: 'How to write a defense, how a score is made, and the formats.',
};

/** The chapters. Each has the anchor that it had when all were one page. */
export default function DocsPage() {
  return (
    <div className="wide">
      <PageHead title="Documentation">
        <p>How to write a defense, what happens to it, and how its score is made.</p>
      </PageHead>
      <ol className="max-w-2xl">
        {chapterIds.map((id) => (
          <li key={id} id={id} className="border-t border-line py-4">
            <h2 className="text-lg">
              <Link className="link" href={`/docs/${id}`}>
                {chapters[id].title}
              </Link>
            </h2>
            <p className="mt-1 text-sm text-soft">{chapters[id].about}</p>
          </li>
        ))}
      </ol>
    </div>
  );
}
