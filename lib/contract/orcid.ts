/** Sixteen digits in four groups, the last of them a check: 0 to 9, or X for ten. */
const withAddress = /[,(<]?\s*(?:https?:\/\/)?(?:orcid\.org\/)?\b(\d{4}-\d{4}-\d{4}-\d{3}[\dX])\b\/?[)>]?/i;

/** The check digit of the fifteen digits before it: ISO 7064, MOD 11-2, as ORCID has it. */
function checkDigit(digits: string): string {
  const total = [...digits].reduce((sum, digit) => (sum + Number(digit)) * 2, 0);
  const digit = (12 - (total % 11)) % 11;
  return digit === 10 ? 'X' : String(digit);
}

/** An author as people write one: a name, and the ORCID iD behind it or its address. */
export function authorOf(line: string): { name: string; orcid?: string } {
  const found = line.match(withAddress);
  const name = line.replace(withAddress, ' ').replace(/\s+/g, ' ').trim();
  return found ? { name: name || line.trim(), orcid: found[1]!.toUpperCase() } : { name: line.trim() };
}

/** What is wrong with an author's ORCID iD, as the end of a sentence, or null. A part of one in the name is wrong too. */
export function orcidDefect({ name, orcid }: { name: string; orcid?: string | undefined }): string | null {
  if (orcid === undefined)
    return /\d{4}-\d{4}/.test(name)
      ? `'${name}' holds no whole ORCID iD: want sixteen digits, like 0000-0002-1825-0097`
      : null;
  const right = checkDigit(orcid.slice(0, -1).replaceAll('-', ''));
  return orcid.endsWith(right)
    ? null
    : `'${orcid}' is no ORCID iD: a digit of it is wrong, or its last one, which would be ${right}`;
}
