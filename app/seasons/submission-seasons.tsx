import Link from 'next/link';
import { Section } from '@/app/ui/page-head.tsx';
import { Tag } from '@/app/ui/tag.tsx';
import { candidatesFor, seasonsOfSubmission } from '@/lib/db/season-candidates.ts';
import { listSeasons } from '@/lib/db/seasons.ts';
import type { Viewer } from '@/lib/viewer.ts';
import { EnterForm } from './enter-form.tsx';
import { takesEntries } from './entries-end.ts';

/** Of a submission: the seasons that it was entered in, and for its author a form that enters it. */
export async function SubmissionSeasons({ submission, viewer }: { submission: string; viewer: Viewer }) {
  const [taken, open] = await Promise.all([seasonsOfSubmission(submission), openFor(submission, viewer)]);
  if (taken.length === 0 && open.length === 0) return null;
  return (
    <Section
      id="seasons"
      title="Seasons"
      aside={
        <Link href="/docs/seasons" className="link">
          how a season works
        </Link>
      }
    >
      <ul className="mb-4 grid gap-1">
        {taken.map(({ season, entry, state, late }) => (
          <li key={entry} className="flex flex-wrap gap-x-3">
            <Link className="link" href={`/seasons/${season}/entries/${entry}`}>
              Season {season}
            </Link>
            <Tag>{state}</Tag>
            {late && <Tag look="caution">late</Tag>}
          </li>
        ))}
      </ul>
      {open.length > 0 && (
        <EnterForm
          label="Enter it in season"
          name="season"
          choices={open.map((name) => ({ value: name, name }))}
          hidden={{ submission }}
          left={null}
          told="Logs are withheld until the close, and so are numbers but where the season shows them at once."
        />
      )}
    </Section>
  );
}

/** The open seasons that this submission could enter, for its author. */
async function openFor(submission: string, viewer: Viewer): Promise<string[]> {
  if (!viewer) return [];
  const open = (await listSeasons()).filter(takesEntries);
  const possible = await Promise.all(open.map((season) => candidatesFor(viewer, season)));
  return open.flatMap(({ name }, at) => {
    const { candidates, left } = possible[at]!;
    return left > 0 && candidates.some(({ id }) => id === submission) ? [name] : [];
  });
}
