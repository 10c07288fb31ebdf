import { baselines } from './baselines/index.ts';

/** The 26 letters from this place on, each with the small one that it is. */
const alphabetFrom = (first: number) =>
  Array.from({ length: 26 }, (_, at) => String.fromCodePoint(first + at, 0x61 + at));

/** Letters that look like a Latin one, in pairs; large ones where the small one looks like another. */
const lookAlikes = new Map(
  [
    ...'аa вb сc ԁd еe ѕs һh іi јj кk мm нh оo рp ԛq тt ѵv ԝw хx уy ӏl гr зe пn'.split(' '), // Cyrillic
    ...'αa βb γy εe ηn ιi κk νv οo ρp σo τt υu χx ωw'.split(' '), // Greek
    ...'Βb Εe Ζz Ηh Ιi Κk Μm Νn Ρp Τt Υy Χx'.split(' '), // Greek, large
    ...'Ꭰd Ꭱr Ꭲt Ꭵi Ꭺa Ꭻj Ꭼe Ꮃw Ꮇm Ꮋh Ꮍy Ꮐg Ꮒh Ꮓz Ꮟb Ꮢr Ꮤw Ꮥs Ꮩv Ꮪs Ꮮl Ꮯc Ꮲp Ꮶk Ᏻg Ᏼb'.split(' '), // Cherokee, large
    ...'ⲁa ⲃb ⲅr ⲉe ⲍz ⲏh ⲓi ⲕk ⲙm ⲛn ⲟo ⲣp ⲥc ⲧt ⲩy ⲭx ⲱw'.split(' '), // Coptic
    ...'ꓐb ꓑp ꓓd ꓔt ꓖg ꓗk ꓙj ꓚc ꓜz ꓝf ꓟm ꓠn ꓡl ꓢs ꓣr ꓦv ꓧh ꓪw ꓫx ꓬy ꓮa ꓰe ꓲi ꓳo ꓴu'.split(' '), // Lisu
    ...'ᴀa ʙb ᴄc ᴅd ᴇe ꜰf ɢg ʜh ɪi ᴊj ᴋk ʟl ᴍm ɴn ᴏo ᴘp ʀr ꜱs ᴛt ᴜu ᴠv ᴡw ʏy ᴢz'.split(' '), // small capitals
    ...'ıi ɑa ɡg ɩi øo łl đd ħh ŧt ℮e օo սu հh'.split(' '),
    ...'ɓb ƃb ƈc ɖd ɗd ƌd ðd ɛe əe ɘe ǝe ɇe ƒf ɠg ǥg ɦh ɨi ɉj ƙk ɫl ɱm ɲn ƞn ɵo ɔo ƥp ƿp ʠq ɍr ɽr ʂs'.split(' '), // hooks, strokes, turns
    ...'ƭt ʈt ƫt ʊu ʉu ʋv ʌv ⱳw ƴy ɏy ƶz ȥz Ʌa ₐa ꬰa ꬱa'.split(' '),
    ...'ᗩa ᗅa ᗷb ᑕc ᗪd ᕮe ᖴf ᕼh ᒍj ᒪl ᗰm ᑎn ᑭp ᖇr ᑌu ᐯv ᗯw ᙭x'.split(' '), // Canadian syllabics
    ...'ǀl ∣l │l 丨l ㅣl ᅵl 〇o ㅇo ᄋo 0o 1l 5s |l !l'.split(' '), // strokes and circles
    ...[0x1f150, 0x1f170].flatMap(alphabetFrom), // letters in black circles and squares
  ].map((pair) => [...pair] as [string, string]),
);

/**
 * The same for all names that a reader takes for one another: without accents, punctuation, spaces and case, each
 * letter as the Latin one that it looks like, and two that look like one as that one. A small part of the skeleton of
 * Unicode's UTS 39.
 */
const skeletonOf = (name: string) =>
  [...name.normalize('NFKD')]
    .map((character) => lookAlikes.get(character) ?? character.toLowerCase())
    .map((character) => lookAlikes.get(character) ?? lookAlikes.get(character.toUpperCase()) ?? character)
    .join('')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace(/i/g, 'l')
    .replace(/rn/g, 'm')
    .replace(/vv/g, 'w');

/** Some signs are read as a letter, or as nothing. */
const readingsOf = (name: string) => [skeletonOf(name), skeletonOf(name.replace(/[|!]/g, ''))];

/** Whether a reader may take one name for the other. */
export const readAlike = (a: string, b: string) => readingsOf(a).some((reading) => readingsOf(b).includes(reading));

/** Whether a reader may take the name for one that begins with these words. */
export const beginsAlike = (name: string, words: string) =>
  readingsOf(name).some((reading) => reading.startsWith(skeletonOf(words)));

/** What programs read as no value. */
const noValues = 'na n/a nan null nil none undefined true false inf infinity 1.#ind 1.#qnan'.split(' ');
const nameless = new Set(noValues.map(skeletonOf));
const ours = new Set(
  Object.entries(baselines).flatMap(([id, { name }]) => [id, name, name.split(',')[0]!].map(skeletonOf)),
);

/** Signs and digits that are written in place of a letter. Names of no value have them seldom, and `N4` is none. */
const letterFor = new Map(
  '$s €e ₽p £l ¡i ¢c ¥y ₳a ₿b ₫d ₦n ₮t ₩w 3e 4a 6g 7t 8b 9g 2z'.split(' ').map((pair) => [...pair] as [string, string]),
);
const spelledOut = (name: string) => [...name].map((sign) => letterFor.get(sign) ?? sign).join('');

/** What people say before or behind the name of the thing that everybody knows: it is not one's own by such a word. */
const claimed =
  /^(?:(?:the|our|official|original|genuine|real|true|reference|baseline|antidote(?:['’]s)?)[\s:,-]+)+|(?:[\s,(-]+(?:(?:by|from) antidote|official|original|reference|baseline|v\d+)\)?)+$/giu;

/** A word of Latin letters may have signs and digits, which belong to all scripts, and nothing else. */
const latin = /\p{Script=Latin}/u;
const ofNoScript = /[\p{Script=Common}\p{Script=Inherited}]/u;
/** These are written together, and with Latin letters among them. */
const eastAsian =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Script=Common}\p{Script=Inherited}]/u;
/** Others whose letters look like those of another script. */
const scripts = [/\p{Script=Greek}/u, /\p{Script=Cyrillic}/u, /\p{Script=Armenian}/u, /\p{Script=Cherokee}/u];
const wordsOf = (name: string) => name.normalize('NFKC').match(/[\p{L}\p{M}]+/gu) ?? [];
function mixes(word: string): boolean {
  const others = [...word].filter((letter) => !latin.test(letter) && !ofNoScript.test(letter));
  if (others.every((letter) => eastAsian.test(letter))) return false;
  const ofOne = scripts.some((script) => others.every((letter) => script.test(letter)));
  const ofNone = others.every((letter) => !scripts.some((script) => script.test(letter)) && !eastAsian.test(letter));
  return latin.test(word) || !(ofOne || ofNone);
}

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
  const plain = name.replace(claimed, '');
  const alike = [name, plain].flatMap((words) => [words, spelledOut(words)]).flatMap(readingsOf);
  if (alike.some((reading) => ours.has(reading)))
    return `name: '${name}' reads like a reference defense; choose a name of your own`;
  if (readingsOf(name).some((reading) => nameless.has(reading)))
    return `name: '${name}' means no value to many programs; choose another name`;
  return null;
}
