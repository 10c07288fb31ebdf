const pattern = /\b\d{4}-\d{4}-\d{4}-\d{3}[\dX]\b/i;
/** What stands around an iD when it is written as an address, in brackets or behind its name. */
const before = /[\s,;([<]*(?:orcid(?: id)?:?\s*)?(?:https?:\/\/)?(?:www\.)?(?:orcid\.org\/)?$/i;
const after = /^[/)\]>]*(?:\?\S*)?[)\]>]*/;
/** A longer line is no author. It is not searched: these patterns take their time on what is long. */
const longestLine = 300;

/** The check digit of the fifteen digits before it: ISO 7064, MOD 11-2, as ORCID has it. */
function checkDigit(digits: string): string {
  const total = [...digits].reduce((sum, digit) => (sum + Number(digit)) * 2, 0);
  const digit = (12 - (total % 11)) % 11;
  return digit === 10 ? 'X' : String(digit);
}

/** An author as people write one: a name, and the ORCID iD behind it or its address. */
export function authorOf(typed: string): { name: string; orcid?: string } {
  const line = typed.replace(/\s+/g, ' ').trim();
  const found = line.length <= longestLine ? pattern.exec(line) : null;
  if (!found) return { name: line };
  const [left, right] = [line.slice(0, found.index), line.slice(found.index + found[0].length)];
  const name = [left.replace(before, ''), right.replace(after, '').trim()].filter(Boolean).join(' ').replace(' ,', ',');
  return { name: name || found[0], orcid: found[0].toUpperCase() };
}

/** So many lines are searched: a card has no more authors. */
const searchedLines = 50;

/** One a line. */
export const authorsOf = (typed: string): { name: string; orcid?: string }[] =>
  typed
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line, at) => (at < searchedLines ? authorOf(line) : { name: line }));

/**
 * What is wrong with an author's ORCID iD, as the end of a sentence, or null. A part of one in the name is wrong too.
 */
export function orcidDefect({ name, orcid }: { name: string; orcid?: string | undefined }): string | null {
  if (orcid === undefined)
    return /\d{4}-\d{4}-\d{4}/.test(name)
      ? `'${name}' holds no whole ORCID iD: want sixteen digits, like 0000-0002-1825-0097`
      : null;
  const right = checkDigit(orcid.slice(0, -1).replaceAll('-', ''));
  return orcid.endsWith(right)
    ? null
    : `'${orcid}' is no ORCID iD: its last digit checks the others, and would be ${right}`;
}
