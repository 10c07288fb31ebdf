import { cardSize, shareCard } from './ui/share-card.tsx';

export const alt = 'Antidote: which defenses survive poisoned training data?';
export const size = cardSize;
export const contentType = 'image/png';

/** The picture that other sites show beside a link to a page that has none of its own. */
export default function Image() {
  return shareCard({
    title: 'Which defenses survive poisoned training data?',
    below: 'Run by the organizer, in a jail, on attacks they have not seen',
    says: 'Ranked in seasons, with intervals, beside a true DP-SGD',
  });
}
