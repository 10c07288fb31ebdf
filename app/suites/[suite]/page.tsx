import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { Board } from '@/app/ui/board.tsx';
import { addressOf, queryOf, viewOf } from '@/app/ui/board-columns.ts';
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
import { countedCells } from '@/lib/scoring/cells.ts';
import { anyReferenceOf, cellsOf, referenceOf } from '@/lib/scoring/references.ts';
import { biasShares } from '@/lib/scoring/version-2/bias.ts';

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
  const [rows, query] = await Promise.all([standings(suite), searchParams]);
  const view = viewOf(suite, query);
  const successor = successorOf(suite);
  const engines = [...new Set(rows.map(({ engine }) => engine))];
  const reference = engines.map((engine) => referenceOf(suite, engine)).find(Boolean) ?? anyReferenceOf(suite);
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
          {rows.length} {rows.length === 1 ? 'entry' : 'entries'}
          {pending > 0 && `, ${pending} of them not evaluated yet`}.{' '}
          {suite.ranked
            ? 'Ranks exist only in a season.'
            : `Not ranked${suite.seeds.length < 5 ? `: ${suite.seeds.length} seeds cannot separate entries` : ''}. The order is that of the ${rankedBy(suite) === 'mean' ? 'mean of the families' : 'worst family'}.`}
          {engines.length > 1 && ' Rows come from two engines: compare within one.'}
        </p>
        <p className="flex flex-wrap gap-x-5 *:py-0.5">
          <Link className="link" href={addressOf(suite, { ...view, baselines: !view.baselines })}>
            {view.baselines ? 'Hide reference defenses' : 'Show reference defenses'}
          </Link>
          <Link
            className="link"
            href={addressOf(suite, { ...view, detail: view.detail === 'families' ? 'scenarios' : 'families' })}
          >
            {view.detail === 'families' ? `Show all ${suite.scenarios.length} scenarios` : 'Show families'}
          </Link>
          <a className="link" href={`/api/v1/suites/${suite.id}/standings.csv${queryOf(suite, view)}`}>
            CSV
          </a>
          <a className="link" href={`/api/v1/suites/${suite.id}/standings`}>
            JSON
          </a>
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
        <Board
          suite={suite}
          rows={rows}
          view={view}
          cells={reference ? cellsOf(suite, reference) : null}
          bias={reference && biasShares(suite, countedCells(suite, reference), reference)}
        />
      )}
      <SnapshotNote suite={suite.id} rows={rows} />
      <Legend />
      <References suite={suite} reference={reference} />
      {reference && <Frontier suite={suite} reference={reference} />}
      {pending > 0 && <Refresh url={`/api/v1/suites/${suite.id}/standings`} />}
    </div>
  );
}
