import type { Ended } from '@/lib/db/ended-evaluations.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => entities[character]!);

const said = { scored: 'is scored', failed: 'failed in every trial' };

/** An Atom feed of evaluations that have ended. RFC 4287. `address`: of the feed itself; `origin`: of the site. */
export function atom(ended: readonly Ended[], { address, origin }: { address: string; origin: string }): string {
  const entries = ended.map(({ id, submission, name, author, suite, state, at }) => {
    const page = escaped(`${origin}/submissions/${submission}?suite=${suite}`);
    return `<entry><id>urn:uuid:${id}</id><title>${escaped(`${name} ${said[state]} on ${suite}`)}</title><updated>${at}</updated><link href="${page}"/><author><name>${escaped(author)}</name></author></entry>`;
  });
  const updated = ended[0]?.at ?? '2026-01-01T00:00:00.000Z';
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><id>${escaped(address)}</id><title>Antidote: evaluations that have ended</title><updated>${updated}</updated><link rel="self" href="${escaped(address)}"/><link href="${escaped(origin)}/"/>
${entries.join('\n')}
</feed>
`;
}
