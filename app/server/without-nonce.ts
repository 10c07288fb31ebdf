import { createHash } from 'node:crypto';

/** A page that may be given to many: its body, and the policy under which its own scripts run and no others. */
export type SharedPage = { readonly body: Buffer; readonly policy: string };

/**
 * Takes the nonce out of a page that was rendered for one request: a nonce that is given to many is none. In its place
 * the policy names the sha256 of each inline script and style that had it, so what the nonce would have stopped is
 * stopped still, and the folder of the site's own built scripts. That folder and not the whole origin, since strangers'
 * modules are served from the origin too. 'strict-dynamic' goes: it would make browsers pass over the folder. The
 * scripts that Next streams become one, at the place of the last: the header stays short however many there are.
 * https://www.w3.org/TR/CSP3/
 */
export function withoutNonce(page: Buffer, policy: string, origin: string): SharedPage {
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1];
  if (!nonce) throw new RangeError(`withoutNonce: the policy has no nonce: ${policy}`);
  const mark = ` nonce="${nonce}"`;
  const merged = withOneScript(page.toString('latin1'), mark); // a character a byte, which no search here minds
  const hashesOf = (tag: string) =>
    elementsOf(merged, tag)
      .filter(({ opening }) => opening.includes(mark) && !opening.includes(' src='))
      .map(({ text }) => hashOf(text.replaceAll(nonce, '')));
  const body = merged.replaceAll(mark, '').replaceAll(nonce, '');
  const scripts = [`${origin}/_next/static/`, ...hashesOf('script')].join(' ');
  const styles = ["'self'", ...hashesOf('style')].join(' ');
  const directives = policy.split('; ').map((directive) => {
    if (directive.startsWith('script-src ')) return `script-src ${scripts}`;
    return directive.startsWith('style-src ') ? `style-src ${styles}` : directive;
  });
  return { body: Buffer.from(body, 'latin1'), policy: directives.join('; ') };
}

/** The streamed scripts as one, where the last of them stood. */
function withOneScript(page: string, mark: string): string {
  const streamed = elementsOf(page, 'script').filter(({ opening }) => opening === `<script${mark}>`);
  const last = streamed.at(-1);
  if (!last) return page;
  const before = streamed.map(({ begin }, place) => page.slice(streamed[place - 1]?.end ?? 0, begin));
  const texts = streamed.map(({ text }) => text);
  return [...before, `<script${mark}>${texts.join('\n;')}</script>`, page.slice(last.end)].join('');
}

type Element = { readonly begin: number; readonly opening: string; readonly text: string; readonly end: number };

/** In order. Found by plain search: a regular expression takes ten times as long on its first large page. */
function elementsOf(page: string, tag: string): Element[] {
  const found: Element[] = [];
  const closing = `</${tag}>`;
  for (let begin = page.indexOf(`<${tag}`); begin >= 0; begin = page.indexOf(`<${tag}`, begin + 1)) {
    const from = page.indexOf('>', begin) + 1;
    const to = page.indexOf(closing, from);
    if (from === 0 || to < 0) break;
    found.push({ begin, opening: page.slice(begin, from), text: page.slice(from, to), end: to + closing.length });
    begin = to;
  }
  return found;
}

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text, 'latin1').digest('base64')}'`;
