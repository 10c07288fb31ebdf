'use client';

import { useLayoutEffect, useRef } from 'react';
import { keepPart, keptPart } from './sent-parts.ts';

export type Sent = { readonly html: string } | { readonly digest: string };

/**
 * An element with this HTML. Of a part that is named by its digest alone the HTML is in the document, and React leaves
 * it as it stands there. It is kept when the reader goes to another page of the router, which may come back.
 */
export function SentOnce({ as: Tag, className, ...sent }: Sent & { as: 'div' | 'ul' | 'tbody'; className?: string }) {
  const element = useRef<HTMLElement>(null);
  const digest = 'digest' in sent ? sent.digest : null;
  useLayoutEffect(() => {
    const { current } = element;
    return () => {
      if (digest !== null && current && keptPart(digest) === undefined) keepPart(digest, current.innerHTML);
    };
  }, [digest]);
  const html = 'html' in sent ? sent.html : (keptPart(sent.digest) ?? '');
  const given = { ref: element as never, className, suppressHydrationWarning: true };
  // biome-ignore lint/security/noDangerouslySetInnerHtml: StaticPart escapes all text
  return <Tag {...given} dangerouslySetInnerHTML={{ __html: html }} />;
}
