import type { ReactNode } from 'react';
import { staticHtml } from './static-html.ts';

type Props = { as: 'div' | 'ul' | 'tbody'; className?: string; children: ReactNode };

/** Its children as one text to React: they have no state, and are sent to the browser once. */
export function StaticPart({ as: Tag, className, children }: Props) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: staticHtml escapes all text
  return <Tag className={className} dangerouslySetInnerHTML={{ __html: staticHtml(children) }} />;
}
