import { beforeAll, describe, expect, it } from 'vitest';
import { cheatsInSeason } from '../../../lib/catalog/cheats-in-season.ts';
import { honestProbes } from '../../../lib/catalog/honest-probes.ts';
import { honestProbesOf, type ProbesOfRow, probesOfRows } from '../../../runner/commands/season-probes.ts';
import { UsageError } from '../../../runner/errors.ts';

describe('what the page says of honest defenses in a season’s probes', () => {
  let rows: ProbesOfRow[];
  beforeAll(async () => {
    rows = await probesOfRows(honestProbes.season);
  });

  it('is what the committed rows give: where it is not, `antidote season probes` writes it anew', async () => {
    expect(honestProbes).toEqual(await honestProbesOf(honestProbes.season));
  });

  it('no honest row is above a limit, and each has every probe on every seed', () => {
    const honest = rows.filter(({ control }) => !control);
    expect(honest.length).toBeGreaterThanOrEqual(9);
    for (const { baseline, findings } of honest) {
      expect(findings, baseline).toHaveLength(5);
      for (const { probe, what, mean, limit, values } of findings) {
        expect(values, `${baseline}: ${probe}`).toHaveLength(honestProbes.seeds);
        expect(mean, `${baseline}: ${probe}, ${what}`).toBeLessThanOrEqual(limit);
      }
    }
  });

  it('a control is left out, since it loses the world in which all is poison', () => {
    const controls = rows.filter(({ control }) => control);
    expect(controls.map(({ baseline }) => baseline)).toEqual(honestProbes.controls);
    for (const { baseline, findings } of controls) {
      expect(honestProbes.defenses).not.toContain(baseline);
      const above = findings.filter(({ mean, limit }) => mean > limit).map(({ flag }) => flag);
      expect(above, baseline).toContain('lost-in-another-world');
    }
  });

  it('who got hold of the season’s data is above each limit', () => {
    for (const [name, { limit }] of Object.entries(honestProbes.probes))
      expect(cheatsInSeason.informed[name as keyof typeof cheatsInSeason.informed], name).toBeGreaterThan(limit);
  });

  it('a season of which nothing is committed has none', async () => {
    await expect(honestProbesOf('2001-01')).rejects.toThrow(UsageError);
  });
});
