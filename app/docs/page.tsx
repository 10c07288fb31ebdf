import type { Metadata } from 'next';
import { PageHead } from '@/app/ui/page-head.tsx';
import { Api } from './api.tsx';
import { Attacking } from './attacking.tsx';
import { Cite } from './cite.tsx';
import { Formats } from './formats.tsx';
import { Hosting } from './hosting.tsx';
import { Python } from './python.tsx';
import { Pytorch } from './pytorch.tsx';
import { Scoring } from './scoring.tsx';
import { Seasons } from './seasons.tsx';
import { Submitting } from './submitting.tsx';
import { Writing } from './writing.tsx';

export const metadata: Metadata = {
  title: 'Documentation',
  description: 'How to write a defense, how a score is made, and the formats.',
};

const chapters = [
  ['write', 'Write a defense'],
  ['interface', 'The interface'],
  ['python', 'In Python'],
  ['pytorch', 'From PyTorch'],
  ['submit', 'Try and submit it'],
  ['attack', 'Try an attack'],
  ['score', 'How a score is made'],
  ['seasons', 'How a season works'],
  ['formats', 'The job folder'],
  ['api', 'The API'],
  ['host', 'Host it yourself'],
  ['cite', 'How to cite'],
] as const;

export default function DocsPage() {
  return (
    <div className="wide grid gap-x-16 lg:grid-cols-[1fr_13rem]">
      <div className="min-w-0">
        <PageHead title="Documentation">
          <p>How to write a defense, what happens to it, and how its score is made.</p>
        </PageHead>
        <div className="prose">
          <Writing />
          <Python />
          <Pytorch />
          <Submitting />
          <Attacking />
          <Scoring />
          <Seasons />
          <Formats />
          <Api />
          <Hosting />
          <Cite />
        </div>
      </div>
      <nav aria-label="Chapters" className="order-first pt-10 text-sm lg:order-last lg:pt-20">
        <ul className="flex flex-wrap gap-x-5 gap-y-1 lg:sticky lg:top-8 lg:block lg:border-l lg:border-line lg:pl-5 lg:*:py-1">
          {chapters.map(([id, name]) => (
            <li key={id}>
              <a href={`#${id}`} className="text-soft underline-offset-4 hover:text-ink hover:underline">
                {name}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </div>
  );
}
