import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { Code } from '@/app/ui/code.tsx';
import { PageHead, Section } from '@/app/ui/page-head.tsx';
import { Tag } from '@/app/ui/tag.tsx';
import { When } from '@/app/ui/when.tsx';
import { currentViewer } from '@/lib/auth.ts';
import type { SeasonSummary } from '@/lib/contract/season.ts';
import { seasonRows } from '@/lib/db/season-rows.ts';
import { findDisclosed, findDrawn, findSeason } from '@/lib/db/seasons.ts';
import { suiteFiles } from '@/lib/suite-store.ts';
import { entriesEnd, takesEntries } from '../entries-end.ts';
import { SeasonBoard } from './board.tsx';
import { Disclosed } from './disclosed.tsx';
import { Entries } from './entries.tsx';
import { TakePart } from './take-part.tsx';

type Props = { params: Promise<{ season: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { season } = await params;
  return {
    title: `Season ${season}`,
    description: `Season ${season}: its board, its entries, and what was committed to at its opening.`,
  };
}

export default async function SeasonPage({ params }: Props) {
  const season = await findSeason((await params).season);
  if (!season) notFound();
  const { name, plan, state, commitment, note } = season;
  const [viewer, disclosure] = await Promise.all([currentViewer(), findDisclosed(name)]);
  const [rows, drawn] = await Promise.all([seasonRows(season, viewer), findDrawn(name)]);
  return (
    <div className="wide">
      <PageHead
        over={
          <Link className="link" href="/seasons">
            Seasons
          </Link>
        }
        title={
          <>
            Season {name} <Tag look={state === 'open' ? 'accent' : 'plain'}>{state}</Tag>
          </>
        }
      >
        <p>
          Plan {plan}, drawn from a seed and on data that the site {disclosure === null ? 'tells' : 'told'} at the
          close. {state === 'open' && !takesEntries(season) ? whatNow.closing : whatNow[state]}
        </p>
        {note && <p className="mt-3 text-caution wrap-anywhere">{note}</p>}
      </PageHead>
      {state === 'closed' && rows.length > 0 && (
        <Section
          id="board"
          title="Ranking"
          aside={
            <>
              <a className="link" href={`/api/v1/seasons/${name}/standings.csv`}>
                CSV
              </a>{' '}
              <a className="link ml-3" href={`/api/v1/seasons/${name}/standings`}>
                JSON
              </a>
            </>
          }
        >
          <div className="mb-12">
            <SeasonBoard season={name} rows={rows} />
          </div>
        </Section>
      )}
      <Facts season={season} />
      {state !== 'closed' && state !== 'opening' && (
        <Section
          id="entries"
          title="Entries"
          aside={
            season.shownAtOnce
              ? 'an author sees the numbers of an own entry, the others at the close'
              : 'numbers are withheld until the close'
          }
        >
          <Entries season={name} rows={rows} />
        </Section>
      )}
      {(state === 'open' || state === 'closing') && <TakePart season={season} viewer={viewer} />}
      <Section id="commitment" title="Commitment" aside="published at the opening">
        {commitment === null ? (
          <p className="text-soft">The draw is being crafted and calibrated. It is committed to when it opens.</p>
        ) : (
          <>
            <Code label="The commitment">{commitment}</Code>
            <p className="mt-3 max-w-3xl text-sm text-soft">
              The sha256 of salt, seed, and the sums of the data set, of the built suite, of the undefended numbers on
              each engine and of the gates, with the version of the score, as canonical JSON (RFC 8785). Whoever holds
              the season can’t choose another draw after seeing results.
            </p>
          </>
        )}
      </Section>
      {disclosure && drawn && (
        <Disclosed name={name} suite={drawn.id} disclosure={disclosure} files={await suiteFiles(drawn)} />
      )}
      {state === 'closed' && <TakePart season={season} viewer={viewer} />}
    </div>
  );
}

const whatNow: Record<SeasonSummary['state'], string> = {
  opening: 'It is being made.',
  open: 'It takes entries.',
  closing: 'Entries have ended; what was taken is still computed.',
  closed: 'All of it is public now.',
};

function Facts({ season: { openedAt, closesAt, closedAt, shownAtOnce, runners } }: { season: SeasonSummary }) {
  const early = closesAt !== null && entriesEnd({ closesAt, closedAt }) !== closesAt;
  const time = (at: string | null) => (at === null ? '–' : <When at={at} />);
  const facts = [
    ['opened', time(openedAt)],
    [
      'entries until',
      early ? (
        <>
          they ended early; planned was <When at={closesAt} />
        </>
      ) : (
        time(closesAt)
      ),
    ],
    ['closed', time(closedAt)],
    [
      'numbers',
      shownAtOnce
        ? 'shown to authors before the close, so a second entry can learn from the first'
        : 'withheld until the close',
    ],
    ['runners that hold its files', <Holding key="runners" runners={runners} />],
  ] as const;
  return (
    <dl className="grid gap-x-8 gap-y-2 border-y border-ink py-4 text-sm sm:grid-cols-[auto_1fr]">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-soft">{name}</dt>
          <dd className="wrap-anywhere">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Those of the opening, and those that were named later, each with its time and reason. */
function Holding({ runners }: Pick<SeasonSummary, 'runners'>) {
  const first = runners.filter(({ addedAt }) => addedAt === null).map(shownRunner);
  return (
    <>
      {first.join(', ') || (runners.length > 0 ? 'none at the opening' : 'none')}
      {runners.map(
        (runner) =>
          runner.addedAt !== null && (
            <p key={runner.id} className="mt-1">
              {shownRunner(runner)}, added <When at={runner.addedAt} />: {runner.reason}
            </p>
          ),
      )}
    </>
  );
}

/** Several may have one name. */
const shownRunner = ({ id, name }: { id: string; name: string }) => `${name} (${id.slice(0, 8)})`;
