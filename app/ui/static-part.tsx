import { headers } from 'next/headers';
import { after } from 'next/server';
import type { ReactNode } from 'react';
import { sha256 } from '@/lib/contract/canonical.ts';
import { SentOnce } from './sent-once.tsx';
import { keepPart } from './sent-parts.ts';
import { staticHtml } from './static-html.ts';

type Props = { as: 'div' | 'ul' | 'tbody'; className?: string; children: ReactNode };

/**
 * Its children as one text to React: they have no state. A document has that text once, as HTML; what Next adds for its
 * router names it by its digest. Only the router, which asks for a page without a document, is sent the text itself.
 */
export async function StaticPart({ children, ...element }: Props) {
  const html = staticHtml(children);
  const isDocument = (await headers()).get('accept')?.includes('text/html');
  if (!isDocument) return <SentOnce {...element} html={html} />;
  const digest = await sha256(html);
  after(keepPart(digest, html));
  return <SentOnce {...element} digest={digest} />;
}
