import { z } from 'zod';
import { Sha256 } from './ids.ts';

/** It is printed and shown, so nothing in it may steer a terminal or turn what follows around. */
const line = z
  .string()
  .trim()
  .min(1, 'a text is wanted')
  .max(300, 'at most 300 characters')
  .regex(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]*$/u, 'want one line of plain text');
const side = z.int().min(12, 'want at least 12 pixels').max(128, 'want at most 128 pixels');

/**
 * What an organizer says of a data set of their own, in no list of the product: the `card.json` of a folder, beside
 * `train.bin` and `test.bin`. Each record of these is a label byte and the gray pixels, row by row.
 */
export const DatasetWords = z.strictObject({
  format: z.literal('antidote-dataset-1'),
  id: z.string().regex(/^own-[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$/, 'want own- and small letters, digits or -'),
  title: line,
  /** Where its files can be had once the season is closed. */
  url: line.pipe(z.url({ protocol: /^https?$/, error: 'want an address that begins with http:// or https://' })),
  /** Whose its images are. */
  notice: line,
  /** What is to be seen, and that nobody is: a sentence. */
  pictures: line,
  /** What the labels 0, 1, … stand for. */
  classNames: z
    .array(line)
    .min(10, 'want ten classes or more')
    .max(256, 'want at most 256 classes')
    .refine((names) => new Set(names).size === names.length, 'two classes have one name'),
  /** Height, width, and one channel. */
  shape: z.tuple([side, side, z.literal(1, 'want one channel: gray pixels')], 'want height, width and 1'),
});
export type DatasetWords = z.infer<typeof DatasetWords>;

/** The same with the sums of its files, in canonical order, as a machine keeps it and as a season's close tells it. */
export const DatasetCard = DatasetWords.extend({
  files: z.strictObject({ 'train.bin': Sha256, 'test.bin': Sha256 }),
  rows: z.strictObject({ 'train.bin': z.int().positive(), 'test.bin': z.int().positive() }),
});
export type DatasetCard = z.infer<typeof DatasetCard>;

/** Whether the name is that of an organizer's own data set: no listed one begins so. */
export const isOwnDataset = (id: string): boolean => id.startsWith('own-');
