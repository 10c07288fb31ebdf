import Link from 'next/link';
import { mainSuite, suites } from '@/lib/catalog/suites/index.ts';
import type { Suite } from '@/lib/contract/suite.ts';
import { type Standing, standings } from '@/lib/db/standings.ts';
import { undefendedBeside } from '@/lib/scoring/undefended.ts';
import { FrontSeason } from './front-season.tsx';
import { Board } from './ui/board.tsx';
import { BoardTools } from './ui/board-tools.tsx';
import { viewOf } from './ui/board-view.ts';
import { CompareBar } from './ui/compare-bar.tsx';
import { Legend } from './ui/legend.tsx';
import { Section } from './ui/page-head.tsx';
import { Refresh } from './ui/refresh.tsx';
import { SnapshotNote } from './ui/snapshot-note.tsx';

export default async function HomePage() {
  const { suite, rows } = await boardToShow();
  const view = viewOf(suite, {});
  const live = rows.some(({ state }) => state === 'queued' || state === 'running');
  return (
    <div className="wide">
      <div className="grid gap-x-16 gap-y-8 pt-12 sm:pt-20 lg:grid-cols-[3fr_2fr] lg:items-end">
        <div>
          <h1 className="max-w-2xl text-4xl leading-[1.08] tracking-[-0.035em] sm:text-5xl">
            Which defenses survive poisoned training data?
          </h1>
          <p className="mt-6 max-w-2xl text-lg text-soft">
            Antidote trains models under every attack of a frozen suite with your defense inside a jail, and measures
            what share of the damage it undoes. Nobody grades their own work: the organizer runs the code, which is not
            told which rows are poison, beside a true per-example DP-SGD.
          </p>
        </div>
        <ul className="grid gap-px border-y border-line bg-line text-sm *:bg-paper">
          {[
            ['/docs/write', 'Write a defense', 'one module, ten lines'],
            ['/submissions/new', 'Submit it', 'scored within minutes'],
            ['/attacks', 'See the attacks', 'what the poison looks like'],
            ['/docs/score', 'How a score is made', 'and what a dash means'],
          ].map(([href, title, about]) => (
            <li key={href}>
              <Link href={href!} className="flex items-baseline justify-between gap-4 py-3 hover:text-accent">
                <span className="text-base font-semibold">{title}</span>
                <span className="text-soft">
                  {about} <span aria-hidden="true">→</span>
                </span>
              </Link>
            </li>
          ))}
        </ul>
      </div>
      <FrontSeason />
      <Section
        id="board"
        title={suite.id}
        aside={
          <>
            {suite.title}: {suite.scenarios.length} scenarios, {suite.seeds.length} seeds
            {suite.ranked ? '' : ', never ranked'}.{' '}
            <Link className="link" href={`/suites/${suite.id}`}>
              The whole board
            </Link>
            {', or '}
            <Link className="link" href={`/suites/${suite.id}/scatter`}>
              accuracy against robustness
            </Link>
          </>
        }
      >
        {rows.length === 0 ? (
          <p className="py-10 text-center text-soft">
            The board is empty: the reference defenses have not been submitted yet.
          </p>
        ) : (
          <>
            <p className="mb-4 max-w-3xl text-sm text-soft">
              Public numbers, unverified: everybody may download this poison and tune a defense on it. A rank exists
              only in a{' '}
              <Link className="link" href="/seasons">
                season
              </Link>
              , drawn from a seed that is secret until its close.
            </p>
            <BoardTools suite={suite} view={view} />
            <Board suite={suite} rows={rows} view={view} undefended={undefendedBeside(suite, rows)} />
            <CompareBar suite={suite} />
          </>
        )}
        <SnapshotNote suite={suite.id} rows={rows} />
        <Legend />
      </Section>
      {live && <Refresh url={`/api/v1/suites/${suite.id}/standings`} />}
    </div>
  );
}

/**
 * The newest ranked suite's board on which both brackets stand, else an unranked one's, else the first that has a row.
 */
async function boardToShow(): Promise<{ suite: Suite; rows: Standing[] }> {
  const boards: { suite: Suite; rows: Standing[] }[] = [];
  for (const suite of [...suites].sort(
    (a, b) => Number(b.ranked) - Number(a.ranked) || suites.indexOf(b) - suites.indexOf(a),
  )) {
    const rows = await standings(suite);
    if (
      ['none', 'oracle-filter'].every((bracket) =>
        rows.some(({ baseline, state }) => baseline === bracket && state === 'scored'),
      )
    )
      return { suite, rows };
    boards.push({ suite, rows });
  }
  return boards.find(({ rows }) => rows.length > 0) ?? { suite: mainSuite, rows: [] };
}
