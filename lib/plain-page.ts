import { createHash } from 'node:crypto';

type Words = { readonly title: string; readonly body: string };
type Answer = { readonly headers: Record<string, string>; readonly body: string };

const style =
  ':root{color-scheme:light dark;font:1rem/1.6 system-ui,sans-serif}main{max-width:36rem;margin:15vh auto;padding:0 1rem}';
const hash = createHash('sha256').update(style).digest('base64');

/** A page that needs nothing of the site's but these words. `body` is HTML. */
export const plainPage = ({ title, body }: Words): Answer => ({
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; frame-ancestors 'none'`,
    'cache-control': 'no-store',
  },
  body: `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex">
<title>${title}</title><style>${style}</style></head>
<body><main>
<h1>${title}</h1>
${body}
</main></body>
</html>
`,
});

/** Of a form that was sent without JavaScript and not taken. `words`: why, as a sentence without its full stop. */
export const formPage = (words: string): Answer =>
  plainPage({
    title: 'The form was not taken',
    body: `<p>${words}.</p>
<p>Go back in your browser: most keep what you filled in. Or go <a href="/">to the board</a>.</p>`,
  });

/**
 * A refusal as its caller can read it: a page for a form that was sent without JavaScript, else one line of text.
 * Next's program in the browser reads that line where the type says no more than this.
 */
export function refusalAnswer(words: string, headers: Pick<Headers, 'get'>): Answer {
  const called = headers.get('next-action') !== null;
  if (!called && /\btext\/html\b/.test(headers.get('accept') ?? '')) return formPage(words);
  return {
    headers: { 'content-type': called ? 'text/plain' : 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
    body: `${words}.\n`,
  };
}
