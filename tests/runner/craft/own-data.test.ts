import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { coreRecipe } from '../../../lib/catalog/recipes.ts';
import { digestOf } from '../../../lib/contract/canonical.ts';
import { commitmentOf, disclosureDefect, type SeasonRecord } from '../../../lib/contract/season.ts';
import { drawableDataset } from '../../../runner/commands/season-open.ts';
import { craftSuite } from '../../../runner/craft/build.ts';
import { disclosedSuite } from '../../../runner/craft/season/drawn-again.ts';
import { isKept, keepOwnData, requireKept } from '../../../runner/craft/season/own-data.ts';
import { craftedInSeason } from '../../../runner/craft/season/probes/index.ts';
import { seasonSuite, seasonSuiteNamed } from '../../../runner/craft/season/season-suite.ts';
import { secretFor } from '../../../runner/craft/season/secret.ts';
import { verifySeason } from '../../../runner/craft/season/verify-season.ts';
import { trialData } from '../../../runner/craft/trial-data.ts';
import { ensureDataset, readDataset } from '../../../runner/datasets/index.ts';
import { recordsOf } from '../../../runner/datasets/records.ts';
import { ownCard, ownFiles } from '../../support/own-data.ts';
import { disclosureFor } from '../../support/season.ts';

const home = mkdtempSync(join(tmpdir(), 'antidote-own-data-'));
vi.stubEnv('ANTIDOTE_DATA', join(home, 'data'));
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true, force: true });
});

const files = ownFiles();
const recordSize = 145;
const datasets = join(home, 'data', 'datasets');
const kept = (...names: string[]) => join(datasets, 'own-shapes', ...names);

/** The folder of an organizer, with a change of its card or of its files. */
function folderOf(change: object = {}, { train, test } = files): string {
  const folder = mkdtempSync(join(home, 'own-'));
  writeFileSync(join(folder, 'card.json'), JSON.stringify({ ...ownCard, ...change }));
  writeFileSync(join(folder, 'train.bin'), train);
  writeFileSync(join(folder, 'test.bin'), test);
  return folder;
}
/** Every second record first. */
function shuffled(file: Uint8Array): Uint8Array {
  const records = recordsOf(file, recordSize);
  return Buffer.concat([...records.filter((_, row) => row % 2), ...records.filter((_, row) => row % 2 === 0)]);
}

describe('a data set of an organizer’s own', () => {
  beforeEach(() => rmSync(datasets, { recursive: true, force: true }));

  it('is kept in canonical order, whatever order it came in, where only its owner reads it', async () => {
    const card = await keepOwnData(folderOf({}, { train: shuffled(files.train), test: shuffled(files.test) }));
    expect(await keepOwnData(folderOf())).toEqual(card); // the same once more
    expect(card).toMatchObject({ ...ownCard, rows: { 'train.bin': 22_000, 'test.bin': 1_100 } });
    expect(statSync(kept()).mode & 0o777).toBe(0o700);
    const records = recordsOf(readFileSync(kept('train.bin')), recordSize);
    expect(records.every((record, at) => at === 0 || Buffer.compare(records[at - 1]!, record) <= 0)).toBe(true);
    expect(
      Buffer.concat(recordsOf(files.train, recordSize).toSorted(Buffer.compare)).equals(
        readFileSync(kept('train.bin')),
      ),
    ).toBe(true);
    const { train, test } = await readDataset('own-shapes', datasets);
    expect(train).toMatchObject({ n: 22_000, classes: 11, shape: [12, 12, 1], scale: 255 });
    expect([...test.y]).toEqual(Array.from({ length: 1_100 }, (_, row) => Math.floor(row / 100)));
    expect(Buffer.from(test.x.subarray(0, 144)).equals(readFileSync(kept('test.bin')).subarray(1, recordSize))).toBe(
      true,
    );
    await ensureDataset('own-shapes', join(home, 'data'), () => {});
    expect(await keepOwnData(kept())).toEqual(card); // the kept folder is one too
  });

  it('is read as it was kept, or not at all; its folder mends what is damaged or gone', async () => {
    await expect(readDataset('own-shapes', datasets)).rejects.toThrow(/own-shapes is missing; it is an organizer's/);
    const card = await keepOwnData(folderOf());
    const bytes = readFileSync(kept('test.bin'));
    writeFileSync(kept('test.bin'), Buffer.from(bytes).fill(255, 1, 2));
    await expect(readDataset('own-shapes', datasets)).rejects.toThrow(/sha256 .* give --dataset the folder that it/);
    expect(await isKept(card)).toBe(false);
    await expect(requireKept(card)).rejects.toThrow(/own-shapes is not in .*datasets as it was kept; 'season open'/);
    await keepOwnData(folderOf());
    expect(readFileSync(kept('test.bin'))).toEqual(bytes);
    rmSync(kept('train.bin'));
    for (const read of [
      () => readDataset('own-shapes', datasets),
      () => ensureDataset('own-shapes', join(home, 'data'), () => {}),
    ])
      await expect(read()).rejects.toThrow(/train.bin is missing; give --dataset the folder that it came from/);
    await keepOwnData(folderOf());
    expect(await isKept(card)).toBe(true);
    await requireKept(card);
  });

  it('does not take the place of what lies there: another one, or files of which nothing is known', async () => {
    await keepOwnData(folderOf());
    await expect(keepOwnData(folderOf({ title: 'others' }))).rejects.toThrow(
      /Another data set is kept as own-shapes in /,
    );
    writeFileSync(kept('card.json'), JSON.stringify(ownCard)); // as an organizer writes it
    await expect(keepOwnData(folderOf())).rejects.toThrow(
      /card.json is not as this program writes it; move its folder/,
    );
    rmSync(kept('card.json'));
    await expect(keepOwnData(folderOf())).rejects.toThrow(/is there, and no data set was kept in it: move it away/);
    expect(existsSync(kept('train.bin'))).toBe(true);
  });

  it('is the one that is wanted, or refused', async () => {
    const card = await keepOwnData(folderOf());
    const others = folderOf({ title: 'others' }, ownFiles(2_001));
    await expect(keepOwnData(others, card)).rejects.toThrow(/wanted: title, files, rows of its card differ/);
  });

  it.each<[string, () => string, RegExp]>([
    ['without a card', () => mkdtempSync(join(home, 'none-')), /card\.json: there is no such file/],
    ['with another id', () => folderOf({ id: 'letters' }), /card.json is no card .*'id': want own- and small letters/],
    ['with nine classes', () => folderOf({ classNames: [...'ABCDEFGHI'] }), /'classNames': want ten classes or more/],
    ['with one name twice', () => folderOf({ classNames: [...'AABCDEFGHIJ'] }), /two classes have one name/],
    ['in color', () => folderOf({ shape: [28, 28, 3] }), /'shape.2': want one channel: gray pixels/],
    ['at no address', () => folderOf({ url: 'javascript:0' }), /'url': want an address that begins with http/],
    ['with half a character', () => folderOf({ title: '\ud800' }), /'title': want one line of plain text/],
    ['with a flat shape', () => folderOf({ shape: [12, 12] }), /'shape': want height, width and 1/],
    ['with a title that steers a terminal', () => folderOf({ title: 'a\u001b[2J' }), /'title': want one line of plain/],
    ['of another shape', () => folderOf({ shape: [12, 13, 1] }), /train.bin: 3190000 bytes, want records of 157: a la/],
    [
      'with an unnamed label',
      () => folderOf({ classNames: [...'ABCDEFGHIJ'] }),
      /the label 10; card.json names the labels 0 to 9/,
    ],
    ['with few rows', () => folderOf({}, ownFiles(1_999)), /\(A\) has 1999 rows; a season takes 2000/],
    [
      'with few test rows',
      () => folderOf({}, ownFiles(2_000, 99)),
      /test.bin: class 0 \(A\) has 99 rows; a season takes 100/,
    ],
    [
      'with a card that is no JSON',
      () => {
        const folder = folderOf();
        writeFileSync(join(folder, 'card.json'), '{');
        return folder;
      },
      /card\.json is no JSON/,
    ],
  ])('%s is refused, and nothing is kept', async (_, folder, problem) => {
    await expect(keepOwnData(folder())).rejects.toThrow(problem);
    expect(existsSync(kept())).toBe(false);
  });

  it('opens a season by its folder, or by its id once it is kept, and by no other files', async () => {
    const { id, card: sum } = await drawableDataset(folderOf());
    expect(await drawableDataset('own-shapes')).toEqual({ id, card: sum });
    const { draw } = await secretFor('2026-05', 'smoke', id, sum);
    expect(await seasonSuiteNamed('season:2026-05')).toMatchObject({ draw, card: { title: 'Shapes of the house' } });
    expect(coreRecipe('own-shapes')).toEqual(coreRecipe('emnist-letters'));
    expect(() => coreRecipe('shapes')).toThrow(/no data set 'shapes'/);

    rmSync(kept(), { recursive: true });
    const { card: other } = await drawableDataset(folderOf({ notice: 'somebody’s' }));
    await expect(secretFor('2026-05', 'smoke', id, other)).rejects.toThrow(
      /begun on other files or another card of own-s/,
    );
    await expect(seasonSuiteNamed('season:2026-05')).rejects.toThrow(
      /is not the data set that season 2026-05 was begun on/,
    );
  });
});

it('a season on a data set of its organizer’s own is drawn anew from what its close made public, and its files', async () => {
  rmSync(datasets, { recursive: true, force: true });
  const card = await keepOwnData(folderOf());
  const draw = { plan: 'smoke', dataset: card.id, seed: 'ab'.repeat(32) };
  const suite = seasonSuite('2026-06', draw, '2026-12-01', card);
  const suites = join(home, 'suites');
  const folder = join(suites, suite.id);
  const manifest = (await craftSuite(
    suite,
    folder,
    datasets,
    () => {},
    undefined,
    craftedInSeason,
  )) as `sha256:${string}`;

  const text = (name: string) => readFileSync(join(folder, name), 'utf8');
  const { classes, classNames } = JSON.parse(text('suite.json'));
  expect(classNames).toEqual(classes.map((label: number) => ownCard.classNames[label]));
  for (const name of ['README.md', 'LICENSE', 'DATASHEET.md', 'croissant.json']) expect(text(name)).toContain(card.url);
  expect(text('README.md')).toContain("'u1').reshape(-1, 145)");
  const { train } = await trialData(
    { ...suite, digest: manifest },
    { scenario: 'clean-own-shapes-lr', budget: 0, seed: 0, dataset: card.id, model: 'lr', attack: null },
    { datasets, suites },
  );
  expect(train).toMatchObject({ n: 12_000, classes: 10, shape: [12, 12, 1] });

  const sums = { 'train.bin': card.files['train.bin'], 'test.bin': card.files['test.bin'] };
  const disclosure = {
    ...(await disclosureFor({ draw, manifest, data: { ...sums, 'card.json': await digestOf(card) } })),
    card,
  };
  const commitment = await commitmentOf(disclosure.committed);
  expect(await disclosureDefect(commitment, disclosure)).toBeNull();
  const other = { ...disclosure, card: { ...card, url: 'https://example.org/others' } };
  expect(await disclosureDefect(commitment, other)).toMatch(/the card of the data set is not that of the commitment/);
  const draws = { ...disclosure.committed, draw: { ...draw, dataset: 'own-others' } };
  expect(await disclosureDefect(await commitmentOf(draws), { ...disclosure, committed: draws })).toMatch(/the card of/);
  const { card: _, ...without } = disclosure;
  expect(await disclosureDefect(commitment, without)).toMatch(/the card of the data set/);

  const at = '2026-12-01T00:00:00.000Z';
  const closed: SeasonRecord = {
    ...{ name: '2026-06', plan: 'smoke', state: 'closed', commitment, shownAtOnce: false, note: null },
    ...{ runners: [], engines: ['wasm'], begunAt: at, openedAt: at, closesAt: at, closedAt: at, disclosure },
  };
  const options = { progress: () => {}, say: () => {}, signal: new AbortController().signal };
  expect((await disclosedSuite(closed)).card).toEqual(card);
  rmSync(join(datasets, card.id), { recursive: true });
  await expect(verifySeason(closed, options)).rejects.toThrow(
    /the organizer's own, Shapes of the house. Get its files from https:\/\/example.org\/shapes, and say 'npx antidote/,
  );
  await keepOwnData(folderOf());
  expect((await verifySeason(closed, options)).map(({ ok }) => ok)).toEqual([true, true, true]);
  expect(await verifySeason({ ...closed, disclosure: { ...disclosure, card: other.card } }, options)).toEqual([
    { what: 'the card of the data set is not that of the commitment', ok: false },
  ]);
});
