import { plainText } from '../plain-text.ts';

/**
 * Prints lines for whoever asked, without what would steer the terminal: some of it comes from a site or from
 * strangers.
 */
export const tell = (text: string): void => {
  process.stdout.write(`${plainText(text)}\n`);
};

/** The same beside what was asked for. */
export const remark = (text: string): void => {
  process.stderr.write(`${plainText(text)}\n`);
};

/** Prints a value as JSON. What would steer the terminal is written out, as \u202e; it means the same to a program. */
export const tellJson = (value: unknown): void => {
  const text = JSON.stringify(value, null, 2).replace(/(?!\n)[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) =>
    [...Array(character.length).keys()]
      .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`)
      .join(''),
  );
  process.stdout.write(`${text}\n`);
};
