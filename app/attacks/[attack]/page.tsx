import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { PageHead } from '@/app/ui/page-head.tsx';
import { familyInText } from '@/app/ui/words.ts';
import { AttackId, attacks } from '@/lib/catalog/attacks/index.ts';
import { suites } from '@/lib/catalog/suites/index.ts';
import { firstExamples } from '../examples.ts';
import { occurrencesOf } from '../occurrences.ts';
import { Effect } from './effect.tsx';
import { EntryCurves } from './entry-curves.tsx';
import { Files } from './files.tsx';
import { Pictures } from './pictures.tsx';
import { Scenarios } from './scenarios.tsx';

/** What a suite is replaced by comes before it: pictures and numbers begin with what is in use. */
const newestFirst = [...suites].reverse();

type Props = { params: Promise<{ attack: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const id = AttackId.safeParse((await params).attack).data;
  return id ? { title: attacks[id].title, description: attacks[id].does } : { title: 'No such attack' };
}

export default async function AttackPage({ params }: Props) {
  const id = AttackId.safeParse((await params).attack).data;
  if (!id) notFound();
  const { title, does, threatModel, measured, original, source } = attacks[id];
  const occurrences = occurrencesOf(id, newestFirst);
  const family = occurrences[0]?.scenario.family;
  return (
    <div className="wide">
      <PageHead
        over={
          <>
            <Link className="link" href="/attacks">
              Attacks
            </Link>
            {family && `, ${familyInText(family)}`}
          </>
        }
        title={title}
      >
        <p className="text-lg">{does}</p>
      </PageHead>
      <dl className="grid max-w-3xl gap-x-8 gap-y-1 text-sm sm:grid-cols-[8rem_1fr] sm:gap-y-3 *:odd:mt-3 *:odd:text-soft *:odd:sm:mt-0">
        <dt>Threat model</dt>
        <dd>{threatModel}</dd>
        <dt>Attacked rows</dt>
        <dd>{measured}</dd>
        <dt>Source</dt>
        <dd>
          <a className="link" href={source.url}>
            {source.paper}
          </a>
        </dd>
      </dl>
      {occurrences.length === 0 ? (
        <p className="mt-14 border-y border-line py-10 text-center text-soft">
          No published suite has this attack yet.
        </p>
      ) : (
        <>
          <Pictures shown={await firstExamples(occurrences)} original={original} suite={occurrences[0]!.suite} />
          <Effect occurrences={occurrences} />
          <EntryCurves occurrences={occurrences} />
          <Scenarios occurrences={occurrences} />
          <Files occurrences={occurrences} />
        </>
      )}
    </div>
  );
}
