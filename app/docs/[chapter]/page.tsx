import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { PageHead } from '@/app/ui/page-head.tsx';
import { type ChapterId, chapterIds, chapters, isChapter } from '../chapters.ts';

type Props = { params: Promise<{ chapter: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { chapter: id } = await params;
  if (!isChapter(id)) return { title: 'No such chapter' };
  return { title: chapters[id].title, description: chapters[id].about };
}

export default async function ChapterPage({ params }: Props) {
  const { chapter: id } = await params;
  if (!isChapter(id)) notFound();
  const { title, Text } = chapters[id];
  return (
    <div className="wide grid gap-x-16 lg:grid-cols-[1fr_13rem]">
      <div className="min-w-0">
        <PageHead
          over={
            <Link className="link" href="/docs">
              Documentation
            </Link>
          }
          title={title}
        />
        <div className="prose">
          <Text />
        </div>
        <Neighbors of={id} />
      </div>
      <nav aria-label="Chapters" className="pt-10 text-sm max-lg:hidden lg:pt-20">
        <ul className="sticky top-8 border-l border-line pl-5 *:py-1">
          {chapterIds.map((one) => (
            <li key={one}>
              <Link
                href={`/docs/${one}`}
                prefetch={false}
                aria-current={one === id ? 'page' : undefined}
                className="text-soft underline-offset-4 hover:text-ink hover:underline aria-[current=page]:font-semibold aria-[current=page]:text-ink"
              >
                {chapters[one].title}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
    </div>
  );
}

/** The chapters before and after. */
function Neighbors({ of: id }: { of: ChapterId }) {
  const place = chapterIds.indexOf(id);
  const [before, after] = [chapterIds[place - 1], chapterIds[place + 1]];
  return (
    <nav
      aria-label="The chapters before and after"
      className="mt-16 flex max-w-[44rem] flex-wrap justify-between gap-4 border-t border-line pt-4 text-sm"
    >
      {before && (
        <Link className="link" href={`/docs/${before}`}>
          ← {chapters[before].title}
        </Link>
      )}
      {after && (
        <Link className="link ml-auto" href={`/docs/${after}`}>
          {chapters[after].title} →
        </Link>
      )}
    </nav>
  );
}
