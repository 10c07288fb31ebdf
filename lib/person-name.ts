import { beginsAlike, illegible, readAlike } from './catalog/entry-name.ts';
import { plainLine } from './plain-text.ts';

/** Who owns the reference defenses. */
export const houseName = 'Antidote';
/** What is shown in place of somebody who deleted the account. */
export const goneName = 'withdrawn author';
/** What is shown in place of a withheld author begins with these words; a day follows. */
const withheldWords = 'anonymous until';

const longest = 80;

/** A person's name as it is kept and shown: one plain line of at most 80 characters. May be empty. */
export const personName = (text: string) => [...plainLine(text.toWellFormed())].slice(0, longest).join('').trim();

/** Why people can't read it as somebody's name, as the end of a sentence, or null. */
export const personDefect = (name: string): string | null =>
  illegible(name) ?? (/[\p{L}\p{N}\p{S}\p{P}]/u.test(name) ? null : 'a name is wanted');

/** Whether a reader would take it for a name that the site itself uses. */
export const isOwnName = (name: string) =>
  ['', 'by '].some(
    (before) =>
      [houseName, goneName, 'anonymous'].some((own) => readAlike(name, before + own)) ||
      beginsAlike(name, before + withheldWords),
  );

/** Why a card may not name this author, as the end of a sentence, or null. */
export const authorDefect = (name: string): string | null =>
  personDefect(name) ?? (isOwnName(name) ? `'${name}' reads like a name of the site's own` : null);
