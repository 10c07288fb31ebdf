const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => entities[character]!);

/** What a feed tells. `id`: an IRI that stays. `page`: the address of what it is about. `at`: when it came to be. */
export type FeedItem = { id: string; title: string; page: string; author: string; at: string };

/** An Atom feed, the newest item first. RFC 4287. `address`: of the feed itself; `origin`: of the site. */
export function atom(items: readonly FeedItem[], { address, origin }: { address: string; origin: string }): string {
  const entries = items.map(
    ({ id, title, page, author, at }) =>
      `<entry><id>${escaped(id)}</id><title>${escaped(title)}</title><updated>${at}</updated><link href="${escaped(page)}"/><author><name>${escaped(author)}</name></author></entry>`,
  );
  const updated = items[0]?.at ?? '2026-01-01T00:00:00.000Z';
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><id>${escaped(address)}</id><title>Antidote: what has ended</title><updated>${updated}</updated><link rel="self" href="${escaped(address)}"/><link href="${escaped(origin)}/"/>
${entries.join('\n')}
</feed>
`;
}
