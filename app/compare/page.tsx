import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { mostCompared } from '@/app/ui/compare-bar.tsx';
import { Notice } from '@/app/ui/notice.tsx';
import { PageHead } from '@/app/ui/page-head.tsx';
import { findSuite, mainSuite } from '@/lib/catalog/suites/index.ts';
import { entriesToCompare } from '@/lib/db/compared.ts';
import { Attacks } from './attacks.tsx';
import { comparisonOf } from './comparison.ts';
import { Entries } from './entries.tsx';
import { InWords } from './in-words.tsx';

export const metadata: Metadata = {
  title: 'Compare',
  description: 'Two to four defenses, attack by attack: the paired difference over seeds with its interval.',
  robots: { index: false },
};

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function ComparePage({ searchParams }: Props) {
  const { suite: id, entry = [] } = await searchParams;
  const suite = id === undefined ? mainSuite : findSuite(String(id));
  if (!suite) notFound();
  const asked = [...new Set([entry].flat())];
  const entries = await entriesToCompare(suite, asked.slice(0, mostCompared));
  const lost = Math.min(asked.length, mostCompared) - entries.length;
  return (
    <div className="wide">
      <PageHead over={`Suite ${suite.id}`} title="Compare">
        <p>
          Each entry against the first: what a seed gives to one is taken from what it gives to the other, so that what
          both share in a seed hides no difference.{' '}
          <Link className="link" href={`/suites/${suite.id}`}>
            The board
          </Link>
        </p>
      </PageHead>
      {asked.length > mostCompared && (
        <Notice
          title={`${mostCompared} entries can be compared, and ${asked.length} were ticked: these are the first ${mostCompared}.`}
        />
      )}
      {lost > 0 && (
        <Notice
          title={`${lost === 1 ? 'One entry is' : `${lost} entries are`} not here: only rows that stand on ${suite.id} with scores can be compared.`}
        />
      )}
      {entries.length < 2 ? (
        <Notice
          title={`Tick two to ${mostCompared} rows on the board of ${suite.id}, and press “Compare the ticked rows”.`}
        />
      ) : (
        <>
          <Entries suite={suite} entries={entries} />
          <InWords suite={suite} comparison={comparisonOf(suite, entries)} />
          <Attacks suite={suite} comparison={comparisonOf(suite, entries)} />
        </>
      )}
    </div>
  );
}
