import { describe, expect, it, vi } from 'vitest';
import SeasonPage from '../../app/seasons/[season]/page.tsx';
import SeasonsPage from '../../app/seasons/page.tsx';
import { beginClose, beginSeason, closeSeason } from '../../lib/db/seasons.ts';
import { pageHtml } from '../support/page-html.ts';
import { onPglite } from '../support/pglite.ts';
import { hex, openedSeason } from '../support/season.ts';

onPglite();
vi.mock('../../lib/auth.ts', async (original) => ({
  ...(await original<typeof import('../../lib/auth.ts')>()),
  currentViewer: async () => null,
}));

const list = async () => pageHtml(await SeasonsPage());
const page = async (season: string) => pageHtml(await SeasonPage({ params: Promise.resolve({ season }) }));

describe('the pages of seasons', () => {
  it('say that there is none', async () => expect(await list()).toContain('No season has been held here yet'));

  it('show an open season’s commitment and times, and nothing that is secret', async () => {
    const { name, commitment, disclosure } = await openedSeason('2026-01');
    const { salt, draw } = disclosure.committed;
    const shown = [await list(), await page(name)].join('\n');
    expect(shown).toContain(commitment);
    expect(shown).toContain('It takes entries.');
    for (const secret of [salt, draw.seed, draw.dataset]) expect(shown).not.toContain(secret);
  });

  it('show of one that is being made that it is, and of a closed one what it was and how to draw it anew', async () => {
    await beginSeason({ name: '2026-02', plan: 'smoke', holder: hex() });
    expect(await page('2026-02')).toContain('It is committed to when it opens');
    const { name, holder, disclosure } = await openedSeason('2026-03');
    await beginClose(name, holder);
    await closeSeason({ name, holder, disclosure, now: false });
    const shown = await page(name);
    for (const told of [disclosure.committed.draw.seed, disclosure.committed.salt, `season verify ${name}`])
      expect(shown).toContain(told);
    expect(await list()).toContain('/seasons/2026-03');
  });

  it('are none of a season that there is not', async () => {
    await expect(page('2020-01')).rejects.toThrow(/NEXT_HTTP_ERROR_FALLBACK;404/);
  });
});
