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
export function textDefect(value: unknown): string | null {
  const found = defectIn(value, 0);
  return found && `${found.path.join('.') || found.here}: ${found.words}`;
}

/** `path`: the names that lead there. `here`: what the value is called where it has no path. */
type Defect = { path: (string | number)[]; here: string; words: string };

/** Bodies have a million values: nothing is made on the way but where a defect was found. */
function defectIn(value: unknown, depth: number): Defect | null {
  if (typeof value === 'string') return isKept(value) ? null : { path: [], here: 'text', words: wanted };
  if (typeof value !== 'object' || value === null) return null;
  if (depth === deepest) return { path: [], here: '', words: 'is nested too deeply' };
  if (Array.isArray(value))
    for (let at = 0; at < value.length; at++) {
      const defect = defectWithin(value[at], depth, at);
      if (defect) return defect;
    }
  else
    for (const name in value) {
      if (!isKept(name)) return { path: [], here: 'body', words: wanted };
      const defect = defectWithin((value as Record<string, unknown>)[name], depth, name);
      if (defect) return defect;
    }
  return null;
}

function defectWithin(value: unknown, depth: number, name: string | number): Defect | null {
  const defect = defectIn(value, depth + 1);
  return defect && { ...defect, path: [name, ...defect.path] };
}

const wanted = 'holds a NUL character or half of a surrogate pair; remove it';
const isKept = (text: string) => !text.includes('\0') && text.isWellFormed();
