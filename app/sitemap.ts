import type { MetadataRoute } from 'next';
import { connection } from 'next/server';
import { AttackId } from '@/lib/catalog/attacks/index.ts';
import { suites } from '@/lib/catalog/suites/index.ts';
import { listedSubmissions } from '@/lib/db/submissions.ts';
import { siteOrigin } from '@/lib/site-origin.ts';
import { chapterIds } from './docs/chapters.ts';

const pages = [
  '',
  '/attacks',
  '/findings',
  '/paper',
  '/integrity',
  '/seasons',
  '/runners',
  '/docs',
  '/submissions/new',
];

/** Every page that is there for everybody: it is read without a cookie. */
export default async function sitemap(): Promise<MetadataRoute.Sitemap> {
  await connection(); // entries and address are the running site's
  const paths = [
    ...pages,
    ...chapterIds.map((id) => `/docs/${id}`),
    ...suites.flatMap(({ id }) => [`/suites/${id}`, `/suites/${id}/scatter`, `/suites/${id}/download`]),
    ...AttackId.options.map((id) => `/attacks/${id}`),
    ...(await listedSubmissions()).map((id) => `/submissions/${id}`),
  ];
  return paths.map((path) => ({ url: siteOrigin() + path }));
}
