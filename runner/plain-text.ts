import { stripVTControlCharacters } from 'node:util';

/**
 * Text of a stranger as people may see it: no terminal sequences, control, bidi or invisible characters; line breaks
 * and tabs stay.
 */
export const plainText = (text: string) => stripVTControlCharacters(text).replace(/[^\P{C}\n\t]|[\u2028\u2029]/gu, '');

/** One line of at most so many characters. */
export function plainLine(text: string, limit = 300): string {
  const line = plainText(text.slice(0, 16 * limit))
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > limit ? `${line.slice(0, limit - 1)}…` : line;
}
