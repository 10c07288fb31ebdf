import type { ReactNode } from 'react';
import { prerenderToNodeStream } from 'react-dom/static';

/** The HTML of a page, all its parts waited for. */
export async function pageHtml(node: ReactNode): Promise<string> {
  const { prelude } = await prerenderToNodeStream(node);
  let text = '';
  for await (const part of prelude) text += part;
  return text.replace(/<!-- -->/g, '');
}
