import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound, redirect } from 'next/navigation';
import { Board } from '@/app/ui/board.tsx';
import { shownRows } from '@/app/ui/board-rows.ts';
import { BoardTools } from '@/app/ui/board-tools.tsx';
import { isAddressOf, isFiltered, queryOf, viewOf } from '@/app/ui/board-view.ts';
import { CompareBar } from '@/app/ui/compare-bar.tsx';
import { Frontier } from '@/app/ui/frontier.tsx';
import { Legend } from '@/app/ui/legend.tsx';
import { PageHead } from '@/app/ui/page-head.tsx';
import { References } from '@/app/ui/references.tsx';
import { Refresh } from '@/app/ui/refresh.tsx';
import { SnapshotNote } from '@/app/ui/snapshot-note.tsx';
import { SuiteSwitch } from '@/app/ui/suite-switch.tsx';
import { findSuite, successorOf, suites } from '@/lib/catalog/suites/index.ts';
import { rankedBy } from '@/lib/contract/suite.ts';
import { standings } from '@/lib/db/standings.ts';
import { undefendedBeside } from '@/lib/scoring/undefended.ts';

type Props = {
  params: Promise<{ suite: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const suite = findSuite((await params).suite);
  return suite ? { title: `${suite.id}, the board`, description: suite.summary } : { title: 'No such suite' };
}

export default async function SuitePage({ params, searchParams }: Props) {
  const suite = findSuite((await params).suite);
  if (!suite) notFound();
  const query = await searchParams;
  const view = viewOf(suite, query);
  if (!isAddressOf(suite, view, query)) redirect(`/suites/${suite.id}${queryOf(suite, view)}`);
  const rows = await standings(suite);
  const successor = successorOf(suite);
  const engines = [...new Set(rows.map(({ engine }) => engine))];
  const undefended = undefendedBeside(suite, rows);
  const asked = queryOf(suite, view);
  const shown = isFiltered(view) || !view.baselines ? shownRows(suite, rows, view).length : rows.length;
  const pending = rows.filter(({ state }) => state === 'queued' || state === 'running').length;
  return (
    <div className="wide">
      <PageHead over={`Suite ${suite.id}`} title="The board">
        <p>{suite.summary}</p>
      </PageHead>
      {successor && (
        <p className="mb-6 max-w-3xl border-l-4 border-rule bg-sheet px-4 py-3">
          <span className="font-semibold">Superseded: {successor.because}.</span> It stays as it was published. Compare
          defenses on{' '}
          <Link className="link" href={`/suites/${successor.by}`}>
            {successor.by}
          </Link>
          .
        </p>
      )}
      <SuiteSwitch suites={suites} current={suite} />
      <div className="flex flex-wrap items-baseline justify-between gap-x-8 gap-y-2 pb-4 text-sm text-soft">
        <p>
          {shown < rows.length
            ? `${shown} of ${rows.length} entries`
            : `${rows.length} ${rows.length === 1 ? 'entry' : 'entries'}`}
          {pending > 0 && `, ${pending} of them not evaluated yet`}.{' '}
          {suite.ranked
            ? 'Public numbers, unverified: ranks exist only in a season.'
            : `Not ranked${suite.seeds.length < 5 ? `: ${suite.seeds.length} seeds cannot separate entries` : ''}. The order is that of the ${rankedBy(suite) === 'mean' ? 'mean of the families' : 'worst family'}.`}
          {engines.length > 1 && ' Rows come from two engines: compare within one.'}
        </p>
        <p className="flex flex-wrap gap-x-5 *:py-0.5 print:hidden">
          <Link className="link" href={`/suites/${suite.id}/scatter${asked}`}>
            Scatter
          </Link>
          {(['csv', 'json', 'parquet'] as const).map((format) => (
            <a
              key={format}
              className="link"
              href={`/api/v1/suites/${suite.id}/standings${format === 'json' ? '' : `.${format}`}${asked}`}
            >
              {format === 'parquet' ? 'Parquet' : format.toUpperCase()}
            </a>
          ))}
          <Link className="link" href={`/suites/${suite.id}/download`}>
            Data
          </Link>
        </p>
      </div>
      {rows.length === 0 ? (
        <p className="border-y border-line py-10 text-center text-soft">
          Nothing has been submitted to {suite.id} yet.{' '}
          <Link className="link" href="/submissions/new">
            Be the first.
          </Link>
        </p>
      ) : (
        <>
          <BoardTools suite={suite} view={view} />
          <Board suite={suite} rows={rows} view={view} undefended={undefended} />
          <CompareBar suite={suite} />
        </>
      )}
      <SnapshotNote suite={suite.id} rows={rows} />
      <Legend />
      <References suite={suite} reference={undefended.reference} />
      {undefended.reference && <Frontier suite={suite} reference={undefended.reference} />}
      {pending > 0 && <Refresh url={`/api/v1/suites/${suite.id}/standings`} />}
    </div>
  );
}
