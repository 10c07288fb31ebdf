/**
 * Characters that steer a terminal or turn the direction of the text around them: what is written by strangers is shown
 * without them.
 */
const esc = String.fromCharCode(0x1b);
const bell = String.fromCharCode(0x07);
const escapes = new RegExp(
  `${esc}(?:\\[[0-?]*[ -/]*[@-~]|\\][^${bell}${esc}]*(?:${bell}|${esc}\\\\)?|[@-Z\\\\-_])`,
  'g',
);
const controls = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Noncharacter_Code_Point}\u2028\u2029]/gu;

/**
 * Without escape sequences, control characters (line feed and tab stay), invisible or direction-changing ones, and what
 * is no character, which XML can't hold.
 */
export const plainText = (text: string) => text.replace(/\r\n?/g, '\n').replace(escapes, '').replace(controls, '');

/** The same on one line, with single spaces. */
export const plainLine = (text: string) => plainText(text).replace(/\s+/g, ' ').trim();

/** Code as it is, but for what would hide a part of it: such characters are written out, as ‹U+202E›. */
export const shownCode = (code: string) =>
  code
    .replace(/\r\n?/g, '\n')
    .replace(controls, (character) => `‹U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}›`);
