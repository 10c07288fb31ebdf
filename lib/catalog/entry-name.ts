import { baselines } from './baselines/index.ts';

/** Letters that look like a Latin one, in pairs; large ones where the small one looks like another. */
const lookAlikes = new Map(
  [
    ...'аa вb сc ԁd еe ѕs һh іi јj кk мm нh оo рp ԛq тt ѵv ԝw хx уy ӏl гr зe пn'.split(' '), // Cyrillic
    ...'αa βb γy εe ηn ιi κk νv οo ρp σo τt υu χx ωw'.split(' '), // Greek
    ...'Βb Εe Ζz Ηh Ιi Κk Μm Νn Ρp Τt Υy Χx Ꭰd Ꮪs'.split(' '), // Greek and Cherokee, large
    ...'ıi ɑa ɡg ɩi ʀr ꜱs օo սu հh 0o 1l 5s |l !l'.split(' '),
  ].map((pair) => [...pair] as [string, string]),
);

/**
 * The same for all names that a reader takes for one another: without accents, punctuation, spaces and case, each
 * letter as the Latin one that it looks like. A small part of the skeleton of Unicode's UTS 39.
 */
const skeletonOf = (name: string) =>
  [...name.normalize('NFKD')]
    .map((character) => lookAlikes.get(character) ?? character.toLowerCase())
    .map((character) => lookAlikes.get(character) ?? character)
    .join('')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace(/i/g, 'l');

/** Whether a reader may take one name for the other. */
export const readAlike = (a: string, b: string) => skeletonOf(a) === skeletonOf(b);

/** Whether a reader may take the name for one that begins with these words. */
export const beginsAlike = (name: string, words: string) => skeletonOf(name).startsWith(skeletonOf(words));

/** What programs read as no value. */
const noValues = 'na n/a nan null nil none undefined true false inf infinity 1.#ind 1.#qnan'.split(' ');
const nameless = new Set(noValues.map(skeletonOf));
const ours = new Set(
  Object.entries(baselines).flatMap(([id, { name }]) => [id, name, name.split(',')[0]!].map(skeletonOf)),
);

/** A word is of one of these. Signs and digits belong to all. */
const scripts = [
  /\p{Script=Latin}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Armenian}/u,
  /\p{Script=Cherokee}/u,
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}]/u,
];
const wordsOf = (name: string) => name.normalize('NFKC').match(/[\p{L}\p{M}]+/gu) ?? [];
const mixes = (word: string) => scripts.filter((script) => script.test(word)).length > 1;

/** Why people can't read a name as it is written, as the end of a sentence, or null. */
export function illegible(name: string): string | null {
  if (/[\p{Default_Ignorable_Code_Point}\u2800]/u.test(name)) return 'it holds a character that nobody sees';
  if (/\p{M}{5}/u.test(name.normalize('NFC'))) return 'it stacks more than four marks on one letter';
  const mixed = wordsOf(name).find(mixes);
  return mixed ? `'${mixed}' mixes letters of two scripts; write a word in one` : null;
}

/** Why an entry may not have this name, as one sentence, or null. */
export function nameDefect(name: string): string | null {
  const defect = illegible(name);
  if (defect) return `name: ${defect}`;
  if (!/\p{L}/u.test(name)) return 'name: a name with a letter is wanted';
  const skeleton = skeletonOf(name);
  if (ours.has(skeleton)) return `name: '${name}' reads like a reference defense; choose a name of your own`;
  if (nameless.has(skeleton)) return `name: '${name}' means no value to many programs; choose another name`;
  return null;
}
