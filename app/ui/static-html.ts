import { Fragment, isValidElement, type ReactNode } from 'react';

/** Names that React writes otherwise than HTML. */
const htmlNames: Readonly<Record<string, string>> = {
  className: 'class',
  fillOpacity: 'fill-opacity',
  fontSize: 'font-size',
  fontWeight: 'font-weight',
  paintOrder: 'paint-order',
  strokeDasharray: 'stroke-dasharray',
  strokeWidth: 'stroke-width',
  textAnchor: 'text-anchor',
};
const withoutEnd = new Set(['br', 'hr', 'img', 'input', 'wbr']);
const refused = /^(on[A-Z]|style$|ref$|dangerouslySetInnerHTML$)/;

/**
 * The HTML of parts without state, as React's `renderToStaticMarkup` writes it. On a page it stands in one element, by
 * `dangerouslySetInnerHTML`: React then neither sends the parts to the browser a second time one by one, nor looks at
 * each of them there. All text is escaped here. Throws TypeError for what has to live in the browser, or has to be
 * waited for.
 */
export function staticHtml(node: ReactNode): string {
  if (node === null || node === undefined || typeof node === 'boolean') return '';
  if (typeof node === 'string') return escaped(node);
  if (typeof node === 'number') return `${node}`;
  if (Array.isArray(node)) return allOf(node);
  if (!isValidElement<{ children?: ReactNode }>(node)) throw new TypeError('staticHtml: neither text nor an element');
  const { type, props } = node;
  if (type === Fragment) return staticHtml(props.children);
  if (typeof type === 'string') return tag(type, props);
  if (typeof type !== 'function' || type.prototype?.isReactComponent)
    throw new TypeError('staticHtml: a part with state');
  return staticHtml((type as (given: object) => ReactNode)(props));
}

function allOf(nodes: readonly ReactNode[]): string {
  let html = '';
  for (const node of nodes) html += staticHtml(node);
  return html;
}

/** Of a thousand rows each attribute is looked at many times: what it is called is looked up once. */
const known = new Map<string, string | null>();
function htmlNameOf(key: string): string | null {
  let name = known.get(key);
  if (name === undefined) {
    name = refused.test(key) ? null : (htmlNames[key] ?? key);
    known.set(key, name);
  }
  return name;
}

function tag(name: string, props: { readonly [key: string]: unknown; children?: ReactNode }): string {
  let html = `<${name}`;
  for (const key in props) {
    const value = props[key];
    if (key === 'children' || value === null || value === undefined) continue;
    const htmlName = htmlNameOf(key);
    if (htmlName === null) throw new TypeError(`staticHtml: ${key} of <${name}>`);
    const isFlag = typeof value === 'boolean' && !/^(aria|data)-/.test(key);
    if (isFlag && !value) continue;
    html += ` ${htmlName}="${isFlag ? '' : escaped(`${value}`)}"`;
  }
  return withoutEnd.has(name) ? `${html}/>` : `${html}>${staticHtml(props.children)}</${name}>`;
}

const entities: Readonly<Record<string, string>> = {
  '"': '&quot;',
  '&': '&amp;',
  "'": '&#x27;',
  '<': '&lt;',
  '>': '&gt;',
};
const special = /["&'<>]/;
const escaped = (text: string) =>
  special.test(text) ? text.replace(/["&'<>]/g, (character) => entities[character]!) : text;
