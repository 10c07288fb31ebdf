import type { MetadataRoute } from 'next';
import { connection } from 'next/server';
import { siteOrigin } from '@/lib/site-origin.ts';

/**
 * Programs read the interface, not search engines. A board has the same rows in whatever order, and pairs are too many.
 */
export default async function robots(): Promise<MetadataRoute.Robots> {
  await connection(); // the address is the running site's
  return {
    rules: { userAgent: '*', disallow: ['/api/', '/suites/*?', '/compare?'] },
    sitemap: `${siteOrigin()}/sitemap.xml`,
  };
}
