import { cardSize, shareCard } from '@/app/ui/share-card.tsx';
import { findSeason } from '@/lib/db/seasons.ts';
import { entriesEnd, takesEntries } from '../entries-end.ts';

export const alt = 'A season of Antidote, its plan and whether it is open';
export const size = cardSize;
export const contentType = 'image/png';

/** The picture that other sites show beside a link to a season. */
export default async function Image({ params }: { params: Promise<{ season: string }> }) {
  const season = await findSeason((await params).season);
  if (!season) return new Response(null, { status: 404 });
  const { name, plan, state, closedAt } = season;
  const day = (at: string) => at.slice(0, 10);
  return shareCard({
    title: `Season ${name}, ${state}`,
    below: `Plan ${plan}, on data that no public suite uses`,
    says: closedAt
      ? `Closed on ${day(closedAt)}: ranks, seed and numbers are public`
      : takesEntries(season)
        ? `Takes entries until ${day(entriesEnd(season)!)}`
        : 'Numbers are shown at the close',
  });
}
