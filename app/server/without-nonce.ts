import { createHash } from 'node:crypto';

/** A page that may be given to many: its body, and the policy under which its own scripts run and no others. */
export type SharedPage = { readonly body: string; readonly policy: string };

/**
 * Takes the nonce out of a page that was rendered for one request: a nonce that is given to many is none. In its place
 * the policy names the sha256 of each inline script and style that had it, so what the nonce would have stopped is
 * stopped still, and the folder of the site's own built scripts. That folder and not the whole origin, since strangers'
 * modules are served from the origin too. 'strict-dynamic' goes: it would make browsers pass over the folder. The
 * scripts that Next streams become one, at the place of the last: the header stays short however many there are.
 * https://www.w3.org/TR/CSP3/
 */
export function withoutNonce(page: string, policy: string, origin: string): SharedPage {
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1];
  if (!nonce) throw new RangeError(`withoutNonce: the policy has no nonce: ${policy}`);
  const mark = ` nonce="${nonce}"`;
  const streamed = new RegExp(`<script${escaped(mark)}>(.*?)</script>`, 'gs');
  const texts = [...page.matchAll(streamed)].map(([, text]) => text!);
  let seen = 0;
  const merged = page.replace(streamed, () =>
    ++seen === texts.length ? `<script${mark}>${texts.join('\n;')}</script>` : '',
  );
  const hashesOf = (tag: string) => {
    const inline = new RegExp(`<${tag}(?![^>]* src=)[^>]*${escaped(mark)}[^>]*>(.*?)</${tag}>`, 'gs');
    return [...merged.matchAll(inline)].map(([, text]) => hashOf(text!.replaceAll(nonce, '')));
  };
  const body = merged.replaceAll(mark, '').replaceAll(nonce, '');
  const scripts = [`${origin}/_next/static/`, ...hashesOf('script')].join(' ');
  const styles = ["'self'", ...hashesOf('style')].join(' ');
  const directives = policy.split('; ').map((directive) => {
    if (directive.startsWith('script-src ')) return `script-src ${scripts}`;
    return directive.startsWith('style-src ') ? `style-src ${styles}` : directive;
  });
  return { body, policy: directives.join('; ') };
}

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const escaped = (text: string) => text.replace(/[+/=]/g, '\\$&');
