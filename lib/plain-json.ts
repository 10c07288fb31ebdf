const deepest = 64;

/**
 * Whether lists and objects stand inside each other deeper than any body of ours needs. Read off the text, unparsed.
 */
export function isTooDeep(json: string): boolean {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < json.length; at++) {
    const character = json[at];
    if (quoted && character === '\\') at++;
    else if (character === '"') quoted = !quoted;
    else if (!quoted && (character === '[' || character === '{') && ++depth > deepest) return true;
    else if (!quoted && (character === ']' || character === '}')) depth--;
  }
  return false;
}

/** Where the value holds a text that the database can't keep, or is nested too deeply, in a sentence; else null. */
export function textDefect(value: unknown, path = '', depth = 0): string | null {
  if (typeof value === 'string') return isKept(value) ? null : `${path || 'text'}: ${wanted}`;
  if (typeof value !== 'object' || value === null) return null;
  if (depth === deepest) return `${path}: is nested too deeply`;
  for (const [name, inner] of Object.entries(value)) {
    const defect = isKept(name)
      ? textDefect(inner, path ? `${path}.${name}` : name, depth + 1)
      : `${path || 'body'}: ${wanted}`;
    if (defect) return defect;
  }
  return null;
}

const wanted = 'holds a NUL character or half of a surrogate pair; remove it';
const isKept = (text: string) => !text.includes('\0') && text.isWellFormed();
