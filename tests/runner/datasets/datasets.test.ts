import { createHash } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import type { LabeledSet } from '../../../lib/contract/defense.ts';
import { fromOfficial } from '../../../runner/datasets/emnist-letters.ts';
import { parseIdx } from '../../../runner/datasets/idx.ts';
import { datasets, loadDataset } from '../../../runner/datasets/index.ts';
import { defectOf } from '../../../runner/datasets/pinned-file.ts';
import { inCanonicalOrder, recordsOf } from '../../../runner/datasets/records.ts';
import { rowAt } from '../../../runner/datasets/rows.ts';
import { HarnessFault } from '../../../runner/errors.ts';
import { env } from '../../../runner/host/env.ts';
import { hasItsRows } from '../../support/dataset-rows.ts';
import { excerpt, excerptFiles } from '../../support/excerpt.ts';
import { requires } from '../../support/requires.ts';

const dataDir = env().ANTIDOTE_DATA;

describe.runIf(requires('fashion-mnist'))('data sets', () => {
  it.each(['fashion-mnist', 'fashion-mnist-3-4'] as const)(
    '%s has the rows, shapes and balanced labels that its papers say',
    hasItsRows,
  );

  it('fashion-mnist-3-4 keeps the first 5,400 of each class, in order', async () => {
    const [whole, binary] = [
      (await loadDataset('fashion-mnist', dataDir)).train,
      (await loadDataset('fashion-mnist-3-4', dataDir)).train,
    ];
    const rows = [...whole.y.keys()].filter((row) => whole.y[row] === 3 || whole.y[row] === 4);
    expect(Buffer.from(rowAt(binary, 0)).equals(rowAt(whole, rows[0]!))).toBe(true);
    expect([...binary.y.subarray(0, 100)]).toEqual(rows.slice(0, 100).map((row) => whole.y[row]! - 3));
    expect([0, 1].map((label) => binary.y.filter((y) => y === label).length)).toEqual([5_400, 5_400]);
  });

  describe('a copy with a wrong file', async () => {
    const copy = await mkdtemp(join(tmpdir(), 'antidote-copy-'));
    const { folder, files } = datasets['fashion-mnist'].source;
    await mkdir(join(copy, 'datasets', folder), { recursive: true });
    for (const { name } of files)
      await copyFile(join(dataDir, 'datasets', folder, name), join(copy, 'datasets', folder, name));
    afterAll(() => rm(copy, { recursive: true }));

    it('is refused by the name of a truncated file, then of a missing one', async () => {
      const path = join(copy, 'datasets', folder, files[3]!.name);
      await truncate(path, 10_007);
      const refused = await loadDataset('fashion-mnist', copy).catch((error: Error) => error);
      expect(refused).toBeInstanceOf(HarnessFault);
      expect((refused as Error).message).toContain(path);
      await rm(path);
      await expect(loadDataset('fashion-mnist', copy)).rejects.toThrow(/is missing/);
      await writeFile(path, Buffer.alloc(10_008));
      await expect(loadDataset('fashion-mnist', copy)).rejects.toThrow(/sha256/);
    });
  });
});

describe('purchase-100-like', () => {
  it('has balanced labels and nothing but zeros and ones', async () => {
    await hasItsRows('purchase-100-like');
    expect(new Set(datasets['purchase-100-like'].parse([]).train.x)).toEqual(new Set([0, 1]));
  });

  it('is the same bytes everywhere', () => {
    const { train, test } = datasets['purchase-100-like'].parse([]);
    expect(
      [train, test].map(({ x }) => createHash('sha256').update(x).digest('hex').slice(0, 16)),
    ).toMatchInlineSnapshot(`
      [
        "68ee1c9cf9345b82",
        "e9921193947db98d",
      ]
    `);
  });

  it('is learnable: the nearest class mean of the training rows is right for most test rows', () => {
    const { train, test } = datasets['purchase-100-like'].parse([]);
    const means = Array.from({ length: 100 }, () => new Float64Array(100));
    for (const [row, label] of train.y.entries())
      for (const [item, value] of rowAt(train, row).entries()) means[label]![item]! += value / 50;
    const right = [...test.y.keys()].filter((row) => {
      const distances = means.map((mean) =>
        mean.reduce((sum, value, item) => sum + (value - test.x[row * 100 + item]!) ** 2, 0),
      );
      return distances.indexOf(Math.min(...distances)) === test.y[row];
    });
    expect(right.length / test.n).toBeGreaterThan(0.7);
    expect(right.length / test.n).toBeLessThan(0.98);
  });
});

describe('cifar-10', () => {
  /** A label and three planes. */
  const record = (label: number) =>
    Uint8Array.from({ length: 3073 }, (_, at) => (at === 0 ? label : (7 * at + label) % 256));
  const value = (label: number, channel: number, pixel: number) => (7 * (1 + channel * 1024 + pixel) + label) % 256;
  const files = [Buffer.concat([record(3), record(9)]), record(1)];
  const pixel = 5 * 32 + 7;

  it('is read record by record, its planes as pixels of three channels', () => {
    const { train, test } = datasets['cifar-10'].parse(files);
    expect([train.n, test.n, [...train.y], [...test.y]]).toEqual([2, 1, [3, 9], [1]]);
    expect(train).toMatchObject({ classes: 10, shape: [32, 32, 3], scale: 255 });
    const at = 3072 + pixel * 3;
    expect([...train.x.subarray(at, at + 3)]).toEqual([0, 1, 2].map((channel) => value(9, channel, pixel)));
  });

  it('is luma in gray, rounded', () => {
    const { train } = datasets['cifar-10-luma'].parse(files);
    expect(train).toMatchObject({ n: 2, classes: 10, shape: [32, 32, 1], scale: 255 });
    const [red, green, blue] = [0, 1, 2].map((channel) => value(9, channel, pixel)) as [number, number, number];
    expect(train.x[1024 + pixel]).toBe(Math.round(0.299 * red + 0.587 * green + 0.114 * blue));
  });

  it('refuses a torn file', () =>
    expect(() => datasets['cifar-10'].parse([record(0), record(0).subarray(1)])).toThrow('3072 bytes'));

  it('is made of the official batches, in canonical order', () => {
    const members = new Map([1, 2, 3, 4, 5].map((batch) => [`data_batch_${batch}.bin`, record(9 - batch)]));
    const { make } = datasets['cifar-10'].source.archives[0]!;
    const made = make!('train.bin', (name) => members.get(name)!);
    expect(Buffer.from(made).equals(Buffer.concat([4, 5, 6, 7, 8].map(record)))).toBe(true);
  });
});

describe('emnist-letters', () => {
  const idx = (shape: number[], data: Uint8Array) =>
    gzipSync(Buffer.concat([Buffer.from([0, 0, 8, shape.length]), ...shape.map(bigEndian), data]));
  const bigEndian = (value: number) => Buffer.from([value >>> 24, value >>> 16, value >>> 8, value]);
  /** Two images, each with one bright pixel: of the official file, so x and y change places. */
  const images = new Uint8Array(2 * 784);
  images[3 * 28 + 5] = 200;
  images[784 + 6 * 28 + 1] = 100;
  const members = new Map([
    ['emnist-letters-train-images-idx3-ubyte.gz', idx([2, 28, 28], images)],
    ['emnist-letters-train-labels-idx1-ubyte.gz', idx([2], Uint8Array.of(26, 2))],
  ]);

  it('is the official files made upright, with labels from 0, in canonical order', () => {
    const made = fromOfficial('train.bin', (name) => members.get(name)!);
    const { train } = datasets['emnist-letters'].parse([made, made]);
    expect(train).toMatchObject({ n: 2, classes: 26, shape: [28, 28, 1], scale: 255 });
    expect([...train.y]).toEqual([1, 25]);
    expect([...train.x.keys()].filter((at) => train.x[at]! > 0)).toEqual([1 * 28 + 6, 784 + 5 * 28 + 3]);
  });
});

describe('the excerpt of emnist-letters', () => {
  it('has 250 training and 50 test rows of each letter, in canonical order', () => {
    const files = excerptFiles();
    for (const file of [files.train, files.test])
      expect(Buffer.from(inCanonicalOrder(recordsOf(file, 785))).equals(file)).toBe(true);
    const { train, test } = excerpt();
    const counts = ({ y }: LabeledSet) => Array.from({ length: 26 }, (_, c) => y.filter((label) => label === c).length);
    expect([counts(train), counts(test)]).toEqual([new Array(26).fill(250), new Array(26).fill(50)]);
  });

  it('is learnable: the nearest class mean of its training rows is right for most of its test rows', () => {
    const { train, test } = excerpt();
    const means = Array.from({ length: 26 }, () => new Float64Array(784));
    for (const [row, label] of train.y.entries())
      for (const [at, value] of rowAt(train, row).entries()) means[label]![at]! += value / 250;
    const right = [...test.y.keys()].filter((row) => {
      const pixels = rowAt(test, row);
      const distances = means.map((mean) => mean.reduce((sum, value, at) => sum + (value - pixels[at]!) ** 2, 0));
      return distances.indexOf(Math.min(...distances)) === test.y[row];
    });
    expect(right.length / test.n).toBeGreaterThan(0.5);
  });
});

describe('canonical order', () => {
  it('is that of the bytes, whatever order the records came in', () => {
    const records = [Uint8Array.of(1, 0), Uint8Array.of(0, 200), Uint8Array.of(0, 9)];
    const sorted = Uint8Array.of(0, 9, 0, 200, 1, 0);
    expect(inCanonicalOrder(records)).toEqual(sorted);
    expect(inCanonicalOrder(records.toReversed())).toEqual(sorted);
  });
});

describe('purchase-100', () => {
  const { source, parse } = datasets['purchase-100'];
  const file = source.files[0]!;
  /** Two records of each class in turn, until there are as many as the real file has. */
  const line = (label: number, shift: number) =>
    `${label},${Array.from({ length: 600 }, (_, item) => ((item * label + shift) % 7 < 3 ? 1 : 0)).join(',')}\n`;
  const cycle = Buffer.from(Array.from({ length: 200 }, (_, at) => line(1 + (at >> 1), at)).join(''));
  const rest = Buffer.from(Array.from({ length: 197_324 % 200 }, (_, at) => line(1 + (at >> 1), at)).join(''));
  const whole = Buffer.concat([Buffer.alloc(cycle.length * Math.floor(197_324 / 200), cycle), rest]);

  it('is the first 100 items of the first 10,000 and the next 10,000 records', () => {
    const { train, test } = parse([whole]);
    for (const set of [train, test]) expect(set).toMatchObject({ n: 10_000, classes: 100, shape: [100], scale: 1 });
    expect([...train.y.subarray(0, 5)]).toEqual([0, 0, 1, 1, 2]);
    expect([...rowAt(train, 3)]).toEqual(Array.from({ length: 100 }, (_, item) => ((item * 2 + 3) % 7 < 3 ? 1 : 0)));
    expect([...rowAt(test, 9_999)]).toEqual(
      Array.from({ length: 100 }, (_, item) => ((item * 100 + 199) % 7 < 3 ? 1 : 0)),
    );
    expect(defectOf(file, whole)).toBeNull();
  });

  it.each([
    ['cut short', () => whole.subarray(0, -3000), 'record 197322 of 197324'],
    [
      'with a record too many',
      () => Buffer.concat([whole, cycle.subarray(0, cycle.indexOf(10) + 1)]),
      'more than 197324 records',
    ],
    ['with another label', () => Buffer.from(line(101, 0)), 'label 101'],
    ['with another value', () => Buffer.from(line(1, 0).replace(',1', ',2')), 'is not ,0 or ,1'],
    ['of other width', () => Buffer.from(line(1, 0).replace('\n', ',1\n')), 'more than 600 items'],
    ['that is a page of words', () => Buffer.from('<html>moved</html>'), 'label 0'],
  ])('a file %s is refused, and why', (_, bytes, why) => expect(defectOf(file, bytes())).toContain(why));
});

describe('parseIdx', () => {
  const file = (...bytes: number[]) => Uint8Array.from(bytes);
  it('reads shape and data', () => {
    expect(parseIdx(file(0, 0, 8, 2, 0, 0, 0, 1, 0, 0, 0, 2, 7, 9))).toEqual({ shape: [1, 2], data: file(7, 9) });
  });
  it.each([
    ['no header', file()],
    ['another type', file(0, 0, 9, 1, 0, 0, 0, 0)],
    ['a torn header', file(0, 0, 8, 2, 0, 0, 0, 1)],
    ['too few bytes', file(0, 0, 8, 1, 0, 0, 0, 2, 7)],
    ['too many bytes', file(0, 0, 8, 1, 0, 0, 0, 1, 7, 7)],
  ])('refuses %s', (_, bytes) => expect(() => parseIdx(bytes)).toThrow(RangeError));
});
