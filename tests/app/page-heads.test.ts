import { readdirSync } from 'node:fs';
import { sql } from 'drizzle-orm';
import type { Metadata } from 'next';
import { beforeAll, expect, it, vi } from 'vitest';
import sitemap from '../../app/sitemap.ts';
import { suiteNamed } from '../../lib/catalog/suites/index.ts';
import { enterSeason } from '../../lib/db/season-entries.ts';
import { onPglite } from '../support/pglite.ts';
import * as queue from '../support/queue.ts';
import { openedSeason, person, submissionOf } from '../support/season.ts';
import { execute } from '../support/sql.ts';

/** What search engines, tabs and shared links show of a page. */

vi.mock('next/server', async (original) => ({
  ...(await original<typeof import('next/server')>()),
  connection: async () => {},
}));
vi.mock('../../lib/auth.ts', async (original) => ({
  ...(await original<typeof import('../../lib/auth.ts')>()),
  currentViewer: async () => null,
}));

onPglite();

let submissions: string[];
const seasons: string[] = [];
beforeAll(async () => {
  const owner = await queue.makeUser();
  submissions = await Promise.all(
    ['One defense', 'Another'].map(async (name) => {
      const { submissionId } = await queue.makeJobs(owner, [[queue.trial]]);
      await execute(sql`update submissions set name = ${name} where id = ${submissionId}::uuid`);
      return submissionId;
    }),
  );
  const ada = await person('Ada');
  for (const name of ['2101-01', '2101-02']) {
    await openedSeason(name);
    const submission = await submissionOf(ada);
    await execute(sql`update submissions set name = ${`Defense of ${name}`} where id = ${submission}::uuid`);
    const { id } = await enterSeason(ada, submission, name);
    seasons.push(`/seasons/${name}`, `/seasons/${name}/entries/${id}`);
  }
});

type Props = { params: Promise<Record<string, string>>; searchParams: Promise<Record<string, string>> };
type Module = { metadata?: Metadata; generateMetadata?: (props: Props) => Promise<Metadata> };

const files = readdirSync('app', { recursive: true, encoding: 'utf8' }).filter((file) => /(^|\/)page\.tsx$/.test(file));
/** The file of a page, and what the address says of it: names without a parameter first. */
function pageAt(path: string): { file: string; params: Record<string, string> } {
  for (const file of files.sort((a, b) => a.split('[').length - b.split('[').length)) {
    const pattern = file.replace(/\/?page\.tsx$/, '').replace(/\[(\w+)\]/g, '(?<$1>[^/]+)');
    const match = new RegExp(`^/?${pattern}$`).exec(path);
    if (match) return { file, params: { ...match.groups } };
  }
  throw new Error(`no page at ${path}`);
}

async function headOf(address: string): Promise<Metadata> {
  const url = new URL(address, 'http://localhost:3000');
  const { file, params } = pageAt(url.pathname);
  const [layout, page] = (await Promise.all([
    import('../../app/layout.tsx'),
    import(/* @vite-ignore */ `../../app/${file}`),
  ])) as [Module, Module];
  const props = {
    params: Promise.resolve(params),
    searchParams: Promise.resolve(Object.fromEntries(url.searchParams)),
  };
  const own = page.metadata ?? (await page.generateMetadata?.(props));
  return { ...(await layout.generateMetadata!(props)), ...own };
}

it('no two pages have the same title or the same description', async () => {
  const addresses = [
    ...(await sitemap()).map(({ url }) => url),
    '/sign-in',
    '/account',
    '/device',
    '/compare',
    ...seasons,
    ...submissions.flatMap((id) =>
      ['', ...suiteNamed('smoke-1').scenarios.map((scenario) => `&scenario=${scenario.id}`)].map(
        (query) => `/submissions/${id}/trials?suite=smoke-1${query}`,
      ),
    ),
  ];
  const heads = await Promise.all(addresses.map(async (address) => [address, await headOf(address)] as const));
  for (const part of ['title', 'description'] as const) {
    const pages = new Map<string, string[]>();
    for (const [address, head] of heads) {
      const text = JSON.stringify(head[part]);
      pages.set(text, [...(pages.get(text) ?? []), address]);
    }
    expect([...pages].filter(([, of]) => of.length > 1)).toEqual([]);
  }
  const known = new Set(addresses.map((address) => pageAt(new URL(address, 'http://localhost:3000').pathname).file));
  expect(files.filter((file) => !known.has(file))).toEqual([]);
});
