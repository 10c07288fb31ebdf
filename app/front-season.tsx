import Link from 'next/link';
import type { SeasonSummary } from '@/lib/contract/season.ts';
import { type SeasonRow, seasonRows } from '@/lib/db/season-rows.ts';
import { listSeasons } from '@/lib/db/seasons.ts';
import { SeasonBoard } from './seasons/[season]/board.tsx';
import { Section } from './ui/page-head.tsx';
import { When } from './ui/when.tsx';

/** The ranking of the season that closed last; nothing where nobody was ranked yet. */
export async function FrontSeason() {
  const newest = await newestRanking();
  if (!newest) return null;
  const { name, plan, closedAt, note } = newest.season;
  return (
    <Section
      id="ranking"
      title={`Season ${name}, ranked`}
      aside={
        <>
          Closed <When at={closedAt!} />.{' '}
          <Link className="link" href={`/seasons/${name}`}>
            What was committed to, and how to draw it anew
          </Link>
        </>
      }
    >
      <p className="mb-4 max-w-3xl text-sm text-soft">
        Plan {plan}, drawn on data that no public suite uses, from a seed that the site told at the close.{' '}
        <Link className="link" href="/docs/seasons">
          How a season works
        </Link>
      </p>
      {note && <p className="mb-4 max-w-3xl text-sm text-caution wrap-anywhere">{note}</p>}
      <SeasonBoard season={name} rows={newest.rows} />
    </Section>
  );
}

async function newestRanking(): Promise<{ season: SeasonSummary; rows: SeasonRow[] } | null> {
  const closed = (await listSeasons()).filter(({ closedAt }) => closedAt !== null);
  for (const season of closed.sort((a, b) => b.closedAt!.localeCompare(a.closedAt!))) {
    const rows = await seasonRows(season, null);
    if (rows.some(({ rank }) => rank !== null)) return { season, rows };
  }
  return null;
}
