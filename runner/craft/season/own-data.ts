import { existsSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalJson, digestOf, sha256 } from '../../../lib/contract/canonical.ts';
import { type DatasetCard, DatasetWords } from '../../../lib/contract/dataset-card.ts';
import type { Suite } from '../../../lib/contract/suite.ts';
import { ensureDataset } from '../../datasets/index.ts';
import { cardFile, findCard, ownDataset } from '../../datasets/own.ts';
import { hasPinned } from '../../datasets/pinned-file.ts';
import { inCanonicalOrder, recordsOf } from '../../datasets/records.ts';
import { DataNotAvailable, UsageError } from '../../errors.ts';
import { shownPath } from '../../host/file-causes.ts';
import { withLock } from '../../host/file-lock.ts';
import { dataPath } from '../../host/places.ts';
import { readBytes, refused } from '../../host/read-bytes.ts';
import { readText, withoutMark } from '../../host/read-text.ts';
import { sentenceOf } from '../attacks/own-attack.ts';
import { fillWhole } from '../staging.ts';

/**
 * The fewest rows of each class. On letters the attacks of plan smoke found too few with 500 training rows of each, and
 * with 1,000 enough, at three seeds; plan core with 500.
 */
const least = { 'train.bin': 2_000, 'test.bin': 100 };
type Name = keyof typeof least;

const limitBytes = 2 ** 30;

/**
 * Puts an organizer's own data set from its folder among those of this machine, in canonical order, where only its
 * owner can read it. What is missing there or damaged comes back. Throws UsageError with one sentence for what is wrong
 * with it, where something else lies under its id, and where it is not the one that is wanted.
 */
export async function keepOwnData(folder: string, wanted?: DatasetCard): Promise<DatasetCard> {
  const words = await wordsIn(join(folder, cardFile));
  const [train, test] = [await checkedFile(folder, 'train.bin', words), await checkedFile(folder, 'test.bin', words)];
  const card: DatasetCard = {
    ...words,
    files: { 'train.bin': await sha256(train), 'test.bin': await sha256(test) },
    rows: { 'train.bin': train.length / recordSize(words), 'test.bin': test.length / recordSize(words) },
  };
  if (wanted && !(await isSame(card, wanted)))
    throw new UsageError(`${shownPath(folder)} is not the data set that is wanted: ${await differing(card, wanted)}.`);
  const own = dataPath('datasets', card.id);
  await mkdir(dataPath('datasets'), { recursive: true });
  await withLock(`${own}.lock`, undefined, async () => {
    await requirePlace(card, own);
    if (await isKept(card)) return;
    await fillWhole(own, async (staging) => {
      await chmod(staging, 0o700);
      await writeFile(join(staging, 'train.bin'), train);
      await writeFile(join(staging, 'test.bin'), test);
      await writeFile(join(staging, cardFile), canonicalJson(card));
    });
  });
  return card;
}

const isSame = async (one: DatasetCard, other: DatasetCard) => (await digestOf(one)) === (await digestOf(other));

/** Which parts of two cards are not the same. */
async function differing(one: DatasetCard, other: DatasetCard): Promise<string> {
  const parts = Object.keys(one) as (keyof DatasetCard)[];
  return `${parts.filter((part) => canonicalJson(one[part]) !== canonicalJson(other[part])).join(', ')} of its card differ`;
}

/** Nothing that lies there already is lost. */
async function requirePlace(card: DatasetCard, own: string): Promise<void> {
  const there = await findCard(card.id, dataPath('datasets'));
  if (!there && existsSync(own))
    throw new UsageError(`${shownPath(own)} is there, and no data set was kept in it: move it away.`);
  if (there && !(await isSame(there, card)))
    throw new UsageError(
      `Another data set is kept as ${card.id} in ${shownPath(own)}: move it away, or choose another id in ${cardFile}.`,
    );
}

/** Whether its card and its files lie among the data sets of this machine, as they were kept. */
export async function isKept(card: DatasetCard): Promise<boolean> {
  const there = await findCard(card.id, dataPath('datasets'));
  if (!there || !(await isSame(there, card))) return false;
  const { files, folder } = ownDataset(card).source;
  return (await Promise.all(files.map((file) => hasPinned(dataPath('datasets', folder), file)))).every(Boolean);
}

/** Throws UsageError where it does not lie there as it was kept. */
export async function requireKept(card: DatasetCard): Promise<void> {
  if (!(await isKept(card)))
    throw new UsageError(
      `${card.id} is not in ${dataPath('datasets')} as it was kept; 'season open' with the folder it came from puts it there.`,
    );
}

async function wordsIn(path: string): Promise<DatasetWords> {
  const text = await readText(path);
  let json: unknown;
  try {
    json = JSON.parse(withoutMark(text));
  } catch (error) {
    throw new UsageError(`${shownPath(path)} is no JSON: ${sentenceOf(error)}.`);
  }
  const { files: _, rows: __, ...words } = (json ?? {}) as Record<string, unknown>; // of a card that was kept once
  const parsed = DatasetWords.safeParse(words);
  if (!parsed.success)
    throw new UsageError(`${shownPath(path)} is no card of a data set: ${sentenceOf(parsed.error)}.`);
  return parsed.data;
}

const recordSize = ({ shape }: Pick<DatasetWords, 'shape'>) => 1 + shape[0] * shape[1];

/** Its records in canonical order. */
async function checkedFile(folder: string, name: Name, words: DatasetWords): Promise<Uint8Array> {
  const { classNames, shape } = words;
  const path = join(folder, name);
  const wrong = (what: string) => new UsageError(`${shownPath(path)}: ${what}.`);
  const size = recordSize(words);
  const bytes = await readBytes(path, limitBytes);
  if (bytes.length > limitBytes) throw refused(path, 'it has more than 1 GiB');
  if (bytes.length % size !== 0)
    throw wrong(
      `${bytes.length} bytes, want records of ${size}: a label byte and ${shape[0]} × ${shape[1]} pixels, as ${cardFile} has them`,
    );
  const records = recordsOf(bytes, size);
  const counts = classNames.map(() => 0);
  for (const [row, [label]] of records.entries()) {
    if (label! >= classNames.length)
      throw wrong(`record ${row} has the label ${label}; ${cardFile} names the labels 0 to ${classNames.length - 1}`);
    counts[label!]!++;
  }
  const few = counts.findIndex((count) => count < least[name]);
  if (few >= 0)
    throw wrong(
      `class ${few} (${classNames[few]}) has ${counts[few]} rows; a season takes ${least[name]} or more of each`,
    );
  return inCanonicalOrder(records);
}

/**
 * Makes sure of the data of a closed season. Throws DataNotAvailable where it has to be fetched by hand: it says from
 * where.
 */
export async function ensureSeasonData(season: string, suite: Suite, say: (what: string) => void): Promise<void> {
  const { card } = suite;
  if (!card) return ensureDataset(suite.draw!.dataset, dataPath(), say);
  if (!(await isKept(card)))
    throw new DataNotAvailable(
      card.id,
      `it is the organizer's own, ${card.title}. Get its files from ${card.url}, and say 'npx antidote season verify ${season} --dataset <their folder>'.`,
    );
}
