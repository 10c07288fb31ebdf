import { FormatError } from './format-error.ts';

/** Deeper than any header that this project reads. */
const deepest = 8;

/**
 * The value of a header's JSON, whose outermost part is an object. Throws FormatError for text that is none, for a name
 * that comes twice in one object (of which JSON.parse keeps the last), and for more than 8 levels.
 */
export function parseHeader(bytes: Uint8Array): Record<string, unknown> {
  const text = textOf(bytes);
  if (!text.startsWith('{')) throw new FormatError('its header does not start with {');
  const json = parsed(text);
  checkNames(text);
  return json;
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new FormatError('its header is not UTF-8');
  }
}

function parsed(text: string): Record<string, unknown> {
  let depth = 0;
  for (const token of tokensOf(text)) {
    if (token === '{' || token === '[') depth++;
    else if (token === '}' || token === ']') depth--;
    if (depth > deepest) throw new FormatError(`its header has more than ${deepest} levels`);
  }
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    throw new FormatError('its header is no JSON');
  }
}

/** Of text that is JSON: a text before a colon is a name, and names are compared without their escapes. */
function checkNames(text: string): void {
  const open: Set<string>[] = [];
  let last = '';
  for (const token of tokensOf(text)) {
    if (token === '{') open.push(new Set());
    else if (token === '}') open.pop();
    else if (token === ':') {
      const name: string = JSON.parse(last);
      if (open.at(-1)!.has(name)) throw new FormatError('a name or a field comes twice in its header');
      open.at(-1)!.add(name);
    }
    last = token;
  }
}

/** Brackets, colons, and texts with their quotes. */
function* tokensOf(text: string): Generator<string> {
  for (let at = 0; at < text.length; at++) {
    const start = at;
    if (text[at] === '"') for (at++; at < text.length && text[at] !== '"'; at++) if (text[at] === '\\') at++;
    if (text[start] === '"' || '{}[]:'.includes(text[start]!)) yield text.slice(start, at + 1);
  }
}
