import Link from 'next/link';
import { Section } from '@/app/ui/page-head.tsx';
import { publicSuiteOf } from '@/lib/catalog/seasons.ts';
import type { SeasonSummary } from '@/lib/contract/season.ts';
import { candidatesFor } from '@/lib/db/season-candidates.ts';
import { mayBeEntered } from '@/lib/db/season-entries.ts';
import type { Viewer } from '@/lib/viewer.ts';
import { EnterForm } from '../enter-form.tsx';
import { takesEntries } from '../entries-end.ts';

/** How to enter, and for somebody who is signed in the form. */
export async function TakePart({ season, viewer }: { season: SeasonSummary; viewer: Viewer }) {
  const late = !takesEntries(season);
  if (!(await mayBeEntered(season)))
    return (
      <Section id="take-part" title="Take part">
        <p className="max-w-3xl text-soft">
          It is over, and no runner of this site holds its files, so late entries are not computed here. Its seed is
          public: <code>npx antidote verify &lt;row&gt; --season {season.name}</code> runs a row again.
        </p>
      </Section>
    );
  return (
    <Section
      id="take-part"
      title={late ? 'Enter late' : 'Take part'}
      aside={late ? 'scored, and not ranked' : undefined}
    >
      {viewer ? (
        <OwnForm season={season} viewer={viewer} />
      ) : (
        <p className="max-w-3xl">
          <Link className="link" href="/sign-in">
            Sign in
          </Link>{' '}
          to enter a submission of yours whose evaluation on {publicSuiteOf(season).id} is complete. With the command
          line: <code>npx antidote enter &lt;submission&gt; --season {season.name}</code>.
        </p>
      )}
    </Section>
  );
}

async function OwnForm({ season, viewer }: { season: SeasonSummary; viewer: NonNullable<Viewer> }) {
  const { candidates, left } = await candidatesFor(viewer, season);
  if (left === 0) return <p className="text-soft">You have used both of your entries.</p>;
  if (candidates.length === 0)
    return (
      <p className="max-w-3xl text-soft">
        None of your submissions can enter: one needs a complete evaluation on {publicSuiteOf(season).id}.{' '}
        <Link className="link" href="/submissions/new">
          Submit a defense
        </Link>
      </p>
    );
  return (
    <EnterForm
      label="Your submission"
      name="submission"
      choices={candidates.map(({ id, name }) => ({ value: id, name: `${name} (${id.slice(0, 8)})` }))}
      hidden={{ season: season.name }}
      left={left}
      told={tellsNumbers(season)}
    />
  );
}

const tellsNumbers = ({ state, shownAtOnce }: SeasonSummary): string =>
  state === 'closed'
    ? 'The season is over: it is scored, and not ranked.'
    : shownAtOnce
      ? 'You see its numbers when it is scored, the others at the close. Logs are withheld until then.'
      : 'Logs and numbers are withheld until the close.';
