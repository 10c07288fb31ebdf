import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound, redirect } from 'next/navigation';
import { shownRows } from '@/app/ui/board-rows.ts';
import { BoardTools } from '@/app/ui/board-tools.tsx';
import { isAddressOf, queryOf, viewOf } from '@/app/ui/board-view.ts';
import { EstimateText } from '@/app/ui/estimate.tsx';
import { percent, score } from '@/app/ui/numbers.ts';
import { PageHead, Section } from '@/app/ui/page-head.tsx';
import { PlainTable } from '@/app/ui/plain-table.tsx';
import { findSuite } from '@/lib/catalog/suites/index.ts';
import { rankedBy } from '@/lib/contract/suite.ts';
import { standings } from '@/lib/db/standings.ts';
import { underTrained } from '@/lib/scoring/trade-off.ts';
import { undefendedBeside } from '@/lib/scoring/undefended.ts';
import { pointsOf } from './points.ts';
import { ScatterPlot } from './scatter-plot.tsx';

type Props = {
  params: Promise<{ suite: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const suite = findSuite((await params).suite);
  if (!suite) return { title: 'No such suite' };
  return {
    title: `${suite.id}, accuracy against robustness`,
    description: `What each defense on ${suite.id} keeps of the accuracy, against the share of the damage that it undoes.`,
  };
}

/** The rows that a board of the same query shows, in a plane. */
export default async function ScatterPage({ params, searchParams }: Props) {
  const suite = findSuite((await params).suite);
  if (!suite) notFound();
  const query = await searchParams;
  const view = viewOf(suite, query);
  const asked = queryOf(suite, view);
  if (!isAddressOf(suite, view, query)) redirect(`/suites/${suite.id}/scatter${asked}`);
  const rows = await standings(suite);
  const { reference } = undefendedBeside(suite, rows);
  const points = pointsOf(suite, shownRows(suite, rows, view));
  const ranks = rankedBy(suite) === 'mean' ? 'mean share undone' : 'share undone, worst family';
  return (
    <div className="wide">
      <PageHead over={`Suite ${suite.id}`} title="Accuracy against robustness">
        <p>
          What a defense costs without poison, and what share of the damage it undoes under it. A model that is trained
          less learns less of the poison too: a defense has done something only above the line of plain SGD.{' '}
          <Link className="link" href={`/suites/${suite.id}${asked}`}>
            The board of these entries
          </Link>
        </p>
      </PageHead>
      <BoardTools suite={suite} view={view} page="scatter" />
      {points.length === 0 ? (
        <p className="border-y border-line py-10 text-center text-soft">
          No entry that this view shows has both numbers yet.
        </p>
      ) : (
        <>
          <ScatterPlot
            suite={suite}
            ranks={ranks}
            points={points}
            underTrained={reference ? underTrained(suite, reference) : []}
          />
          <Section title="The same as a table" aside="95 % intervals">
            <PlainTable label="Accuracy and robustness" columns={['Defense', 'Clean accuracy', ranks, 'Pareto line']}>
              {points.map(({ row, accuracy, robustness, front }) => (
                <tr key={row.submission} className="border-b border-line align-top">
                  <th scope="row" className="py-2 pr-5 text-left font-normal">
                    <a className="link wrap-anywhere" href={`/submissions/${row.submission}?suite=${suite.id}`}>
                      {row.name}
                    </a>
                  </th>
                  <td className="py-2 pr-5">
                    <EstimateText estimate={accuracy} format={percent} />
                  </td>
                  <td className="py-2 pr-5">
                    <EstimateText estimate={robustness} format={score} />
                  </td>
                  <td className="py-2">{front ? 'on it' : ''}</td>
                </tr>
              ))}
            </PlainTable>
          </Section>
        </>
      )}
    </div>
  );
}
