import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { ScoreSheet } from '@/app/submissions/[submission]/score-sheet.tsx';
import { Code } from '@/app/ui/code.tsx';
import { placesText, score } from '@/app/ui/numbers.ts';
import { PageHead, Section } from '@/app/ui/page-head.tsx';
import { StateTag } from '@/app/ui/tag.tsx';
import { When } from '@/app/ui/when.tsx';
import { outcomeText } from '@/app/ui/words.ts';
import { currentViewer } from '@/lib/auth.ts';
import { codeOf } from '@/lib/db/code-and-logs.ts';
import { findEntry } from '@/lib/db/season-entries.ts';
import { suiteOfSeason } from '@/lib/db/season-evaluations.ts';
import { disputesOf, reviewsOf } from '@/lib/db/season-reviews.ts';
import { type SeasonRow, seasonRows } from '@/lib/db/season-rows.ts';
import { similarEntries } from '@/lib/db/season-similarity.ts';
import { runsOfEntry } from '@/lib/db/season-trials.ts';
import { findSeason } from '@/lib/db/seasons.ts';
import { shownCode } from '@/lib/plain-text.ts';
import { isOrganizer } from '@/lib/viewer.ts';
import { withdrawFromSeason } from '../../../actions.ts';
import { TextForm } from '../../../text-form.tsx';
import { Marks } from '../../marks.tsx';
import { Disputes } from './disputes.tsx';
import { EntryTrials } from './entry-trials.tsx';
import { Probes } from './probes.tsx';
import { Reviews } from './reviews.tsx';
import { SimilarCode } from './similar-code.tsx';

type Props = { params: Promise<{ season: string; entry: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { season, entry } = await params;
  const found = await findEntry(entry);
  if (found?.season !== season) return {};
  return {
    title: `${found.name} in season ${season}`,
    description: `What ${found.name} by ${found.author} got in season ${season}: its place, trials and probes, reviews and disputes.`,
  };
}

export default async function EntryPage({ params }: Props) {
  const [{ season: name, entry }, viewer] = await Promise.all([params, currentViewer()]);
  const season = await findSeason(name);
  const rows = season ? await seasonRows(season, viewer) : [];
  const row = rows.find(({ id }) => id === entry);
  if (!season || !row) notFound();
  const closed = season.state === 'closed';
  const organizer = isOrganizer(viewer);
  const [code, reviews, disputes, { trials, probes, counted }, similarity] = await Promise.all([
    codeOf(row.submission, viewer),
    closed || organizer ? reviewsOf(row.id) : [],
    disputesOf(row.id),
    runsOfEntry(season, row),
    organizer ? similarEntries(viewer, row.id) : null,
  ]);
  const suite = suiteOfSeason(season);
  return (
    <div className="wide">
      <PageHead
        over={
          <Link className="link" href={`/seasons/${name}`}>
            Season {name}
          </Link>
        }
        title={row.name}
      >
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
          <span>
            by <span className="text-ink wrap-anywhere">{row.author}</span>
          </span>
          <span>{row.kind}</span>
          <span>
            entered <When at={row.enteredAt} />
          </span>
          <Link className="link" href={`/submissions/${row.submission}`}>
            its submission
          </Link>
          <Marks row={row} closed={closed} />
        </p>
      </PageHead>
      <Standing row={row} closed={closed} names={new Map(rows.map((other) => [other.id, other.name]))} />
      {row.scores && <ScoreSheet suite={suite} scores={row.scores} />}
      <Probes probes={probes} control={row.kind === 'control'} />
      <EntryTrials suite={suite} trials={trials} counted={counted} json={`/api/v1/seasons/${name}/entries/${row.id}`} />
      {similarity && <SimilarCode season={name} similarity={similarity} />}
      {code !== null && (
        <Section id="code" title="Code">
          <details>
            <summary className="mb-3 text-accent underline underline-offset-4">The module as it was submitted</summary>
            <Code label="The module’s code">{shownCode(code)}</Code>
          </details>
        </Section>
      )}
      <Reviews entry={row.id} reviews={reviews} mayReview={organizer && !row.mine} told={closed || organizer} />
      <Disputes entry={row.id} disputes={disputes} viewer={viewer} />
      {(row.mine || organizer) && !row.withdrawnAt && !row.baseline && (
        <details className="mt-14 border-t border-line pt-4">
          <summary className="mb-4 text-soft">Withdraw this entry</summary>
          <TextForm action={withdrawFromSeason} hidden={{ entry: row.id }} label="Reason" button="Withdraw" sure />
        </details>
      )}
    </div>
  );
}

const whyNoPlace = ({ late, review, kind, state, scores, flags }: SeasonRow): string =>
  late
    ? 'It came after the end, so it has no place.'
    : review === 'refused'
      ? 'An organizer refused it, so it has no place; the review says why.'
      : kind === 'control'
        ? 'It is a control, which is told what no defense is told, and takes no place.'
        : state === 'failed'
          ? 'Every trial of it failed, so it has no place.'
          : scores === null
            ? 'Its evaluation has not come to its end, so it has no place yet.'
            : flags.includes('embeds-data')
              ? 'Its module embeds data, so it has no place.'
              : 'It has no place.';

/** Where it stands: after the close for everybody, before it what its author may know. */
function Standing({ row, closed, names }: { row: SeasonRow; closed: boolean; names: ReadonlyMap<string, string> }) {
  if (row.withdrawnAt)
    return (
      <p className="mb-6 max-w-3xl">
        Withdrawn <When at={row.withdrawnAt} />: {row.withdrawnReason}
      </p>
    );
  if (closed)
    return (
      <p className="mb-6 max-w-3xl">
        {row.rank ? (
          <>
            Place <span className="font-semibold">{placesText(row.rank)}</span>
            {row.tied.length > 0 && `, not told apart from ${row.tied.map((id) => names.get(id)).join(', ')}`}.
            {row.publicMean && row.gap && (
              <>
                {' '}
                In public its mean is {score(row.publicMean.value)}. The gap, public less season, is{' '}
                {score(row.gap.value)}
                {row.gap.low !== null && row.gap.high !== null && ` (${score(row.gap.low)} to ${score(row.gap.high)})`}.
              </>
            )}
          </>
        ) : (
          whyNoPlace(row)
        )}
      </p>
    );
  return (
    <p className="mb-6 max-w-3xl text-soft">
      {row.scores ? 'Its trials and logs' : 'Its numbers, trials and logs'} are withheld until the close.{' '}
      {row.state && (
        <>
          Seen by its author and the organizers: <StateTag state={row.state} />
          {row.endedAt && (
            <>
              , in the hour from <When at={row.endedAt} />
            </>
          )}
          {row.reasons.length > 0 && `; some trials ${row.reasons.map((one) => outcomeText[one].name).join(', ')}`}.
        </>
      )}
    </p>
  );
}
