import { readAlike } from './catalog/entry-name.ts';
import { plainLine } from './plain-text.ts';

/** Who owns the reference defenses. */
export const houseName = 'Antidote';
/** What is shown in place of somebody who deleted the account. */
export const goneName = 'withdrawn author';

const longest = 80;

/** A person's name as it is kept and shown: one plain line of at most 80 characters. May be empty. */
export const personName = (text: string) => [...plainLine(text.toWellFormed())].slice(0, longest).join('').trim();

/** Whether a reader would take it for a name that the site itself uses. */
export const isOwnName = (name: string) =>
  [houseName, goneName].some((own) => readAlike(name, own)) || /^anonymous\s+until/iu.test(name);
