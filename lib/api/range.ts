/**
 * The bytes that a Range header asks for: first and last, inclusive. `whole` where there is none that we must heed;
 * `none` where it lies past the end.
 */
export type Range = { first: number; last: number } | 'whole' | 'none';

/**
 * RFC 9110, section 14. One range of bytes, also a suffix (`bytes=-500`); of several, or where the form is wrong, the
 * whole is a fair answer.
 */
export function rangeOf(header: string | null, size: number): Range {
  const match = header?.match(/^bytes=(?:(\d{1,15})-(\d{0,15})|-(\d{1,15}))$/);
  if (!match) return 'whole';
  const [, from, to, suffix] = match;
  if (suffix !== undefined) {
    const length = Math.min(Number(suffix), size);
    return length === 0 ? 'none' : { first: size - length, last: size - 1 };
  }
  const first = Number(from);
  const last = to ? Math.min(Number(to), size - 1) : size - 1;
  if (to && Number(to) < first) return 'whole';
  return first >= size ? 'none' : { first, last };
}
