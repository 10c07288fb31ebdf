import { PNG } from 'pngjs';
import { expect, it } from 'vitest';
import Front from '../../app/opengraph-image.tsx';
import OfSeason from '../../app/seasons/[season]/opengraph-image.tsx';
import OfSubmission from '../../app/submissions/[submission]/opengraph-image.tsx';
import { isDrawable } from '../../app/ui/share-card.tsx';
import { beginClose } from '../../lib/db/seasons.ts';
import { onPglite } from '../support/pglite.ts';
import { openedSeason, person, submissionOf } from '../support/season.ts';

/** The pictures that other sites show beside a link. What is written in them can't be read here, only compared. */

onPglite();

const ofSeason = (season: string) => OfSeason({ params: Promise.resolve({ season }) });
const ofSubmission = (submission: string) => OfSubmission({ params: Promise.resolve({ submission }) });

async function bytesOf(image: Response): Promise<Buffer> {
  expect([image.status, image.headers.get('content-type')]).toEqual([200, 'image/png']);
  const bytes = Buffer.from(await image.arrayBuffer());
  const { width, height } = PNG.sync.read(bytes);
  expect([width, height]).toEqual([1200, 630]);
  return bytes;
}

it('differ between the front page, two seasons, a season before and after its end, and an entry', async () => {
  const { name, holder } = await openedSeason('2101-03');
  await openedSeason('2101-04');
  const open = await bytesOf(await ofSeason(name));
  await beginClose(name, holder);
  const others = [Front(), await ofSeason(name), await ofSeason('2101-04')];
  const entry = await ofSubmission(await submissionOf(await person('Ada')));
  const all = [open, ...(await Promise.all([...others, entry].map(bytesOf)))];
  expect(new Set(all.map((bytes) => bytes.toString('base64'))).size).toBe(5);
});

it('are none of what there is not', async () => {
  expect((await ofSeason('2001-01')).status).toBe(404);
  expect((await ofSubmission('00000000-0000-4000-8000-000000000000')).status).toBe(404);
});

it('of an entry whose name the font can’t draw has another name, not dots', () => {
  const drawn = ['Median clip', 'Médiane étêtée', 'DP-SGD 中'];
  const not = ['防御方法', 'Защита', '😀😀', 'x 中文字符'];
  expect(drawn.filter(isDrawable)).toEqual(drawn);
  expect(not.filter(isDrawable)).toEqual([]);
});
