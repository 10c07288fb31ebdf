import { createHash } from 'node:crypto';

/** A page that may be given to many: its body, and the policy under which its own scripts run and no others. */
export type SharedPage = { readonly body: string; readonly policy: string };

const inlineScript = /<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g;
const inlineStyle = /<style[^>]*>([\s\S]*?)<\/style>/g;

/**
 * Takes the nonce out of a page that was rendered for one request: a nonce that is given to many is none. In its place
 * the policy names the sha256 of each inline script and style, and the folder of the site's own built scripts. That
 * folder and not the whole origin, since strangers' modules are served from the origin too. 'strict-dynamic' goes: it
 * would make browsers pass over the folder. https://www.w3.org/TR/CSP3/
 */
export function withoutNonce(page: string, policy: string, origin: string): SharedPage {
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1];
  if (!nonce) throw new RangeError(`withoutNonce: the policy has no nonce: ${policy}`);
  const body = page.replaceAll(` nonce="${nonce}"`, '').replaceAll(nonce, '');
  const scripts = [`${origin}/_next/static/`, ...hashesOf(body, inlineScript)].join(' ');
  const styles = ["'self'", ...hashesOf(body, inlineStyle)].join(' ');
  const directives = policy.split('; ').map((directive) => {
    if (directive.startsWith('script-src ')) return `script-src ${scripts}`;
    return directive.startsWith('style-src ') ? `style-src ${styles}` : directive;
  });
  return { body, policy: directives.join('; ') };
}

const hashesOf = (body: string, pattern: RegExp): string[] => [
  ...new Set(
    [...body.matchAll(pattern)].map(([, text]) => `'sha256-${createHash('sha256').update(text!).digest('base64')}'`),
  ),
];
