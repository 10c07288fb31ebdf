import '@fontsource-variable/inter';
import '@fontsource-variable/jetbrains-mono';
import './globals.css';
import './print.css';
import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import { connection } from 'next/server';
import type { ReactNode } from 'react';
import { preload } from 'react-dom';
import { currentViewer } from '@/lib/auth.ts';
import { siteOrigin } from '@/lib/site-origin.ts';
import { SiteFooter } from './ui/site-footer.tsx';
import { SiteHeader } from './ui/site-header.tsx';

export async function generateMetadata(): Promise<Metadata> {
  await connection(); // the address is the running site's, not the building machine's
  return {
    metadataBase: new URL(siteOrigin()),
    title: { default: 'Antidote · defenses against training-data poisoning', template: '%s · Antidote' },
    description:
      'An open leaderboard of defenses against training-data poisoning: run by the organizer, on attacks that the defense has not seen, with intervals.',
    alternates: { types: { 'application/atom+xml': '/feed.xml' } },
    openGraph: { siteName: 'Antidote', type: 'website' },
  };
}

export const viewport: Viewport = {
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fdfdfb' },
    { media: '(prefers-color-scheme: dark)', color: '#0e1113' },
  ],
};

/** The letters that every page begins with: they are asked for with the page, so that no line moves when they come. */
const letters = new URL('@fontsource-variable/inter/files/inter-latin-wght-normal.woff2', import.meta.url).href;

export default async function RootLayout({ children }: { children: ReactNode }) {
  preload(letters, { as: 'font', type: 'font/woff2', crossOrigin: 'anonymous' });
  await connection(); // every page has a nonce of its own
  const [viewer, jar] = await Promise.all([currentViewer(), cookies()]);
  const chosen = jar.get('theme')?.value;
  const theme = chosen === 'light' || chosen === 'dark' ? chosen : 'system';
  return (
    <html lang="en" data-theme={theme}>
      <body className="flex min-h-dvh flex-col font-sans">
        <a href="#main" className="button button-main absolute left-4 top-2 z-10 -translate-y-20 focus:translate-y-0">
          Skip to the content
        </a>
        <SiteHeader viewer={viewer} />
        <main id="main" tabIndex={-1} className="grow outline-none">
          {children}
        </main>
        <SiteFooter theme={theme} />
      </body>
    </html>
  );
}
