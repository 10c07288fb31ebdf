import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { Board } from '../../app/ui/board.tsx';
import { familiesOf, scenarioGroups, scoreColumns } from '../../app/ui/board-columns.ts';
import { shownRows } from '../../app/ui/board-rows.ts';
import { addressOf, viewOf } from '../../app/ui/board-view.ts';
import { heatGroups } from '../../app/ui/heat-columns.tsx';
import { SuiteSwitch } from '../../app/ui/suite-switch.tsx';
import { familyName } from '../../app/ui/words.ts';
import { core2 } from '../../lib/catalog/suites/core-2.ts';
import { smoke1 } from '../../lib/catalog/suites/smoke-1.ts';
import { anyReferenceOf, cellsOf } from '../../lib/scoring/references.ts';
import { pageHtml } from '../support/page-html.ts';
import { wideRows, wideSuite } from '../support/wide-suite.ts';

const html = (query: Record<string, string>) =>
  pageHtml(
    createElement(Board, {
      suite: wideSuite,
      rows: wideRows,
      view: viewOf(wideSuite, query),
      undefended: { cells: null, bias: null },
    }),
  );
/** The text of each head of the second line, which sorts. */
const heads = (markup: string) =>
  [...markup.matchAll(/<th scope="col"[^>]*>(.*?)<\/th>/g)].map(([, head]) => head!.replace(/<[^>]+>/g, ' '));
const groups = (markup: string) =>
  [...markup.matchAll(/<th scope="colgroup" colSpan="(\d+)"[^>]*>(.*?)<\/th>/g)].map(([, span, name]) => [
    name,
    Number(span),
  ]);

describe('a row', () => {
  it('links to its submission on this very suite, each cell of the map to its scenario there', async () => {
    const links = [...(await html({})).matchAll(/href="(\/submissions\/[^"]*)"/g)].map(([, address]) => address!);
    expect(links.length).toBeGreaterThan(wideRows.length);
    for (const link of links) expect(link).toMatch(/^\/submissions\/[0-9a-f-]+\?suite=wide-1(#scenario-\d+)?$/);
    expect(links.filter((link) => link.includes('#')).length).toBeGreaterThan(0);
  });

  it('is shown by the view, and so in its CSV: without the reference defenses, but for the two brackets', () => {
    const [first] = wideRows;
    const rows = [...wideRows, { ...first!, name: 'DP-SGD', baseline: 'dp-sgd' as const }];
    const names = (query: Record<string, string>) =>
      shownRows(wideSuite, rows, viewOf(wideSuite, query)).map(({ name }) => name);
    expect(names({})).toEqual(rows.map(({ name }) => name));
    expect(names({ baselines: 'hide' })).toEqual(wideRows.map(({ name }) => name));
    expect(names({ sort: 'name', baselines: 'hide' })[0]).toBe('A defense with a name of some length');
  });
});

describe('a board of twenty scenarios', () => {
  it('has the scores in two groups before them, and the gain over under-training among the first', async () => {
    expect(groups(await html({})).slice(0, 2)).toEqual([
      ['Share of the damage undone', 3],
      ['What it costs', 2],
    ]);
    expect(heads(await html({}))[4]).toContain('Gain');
  });

  it('tells of families first, with how many scenarios of each count', async () => {
    const names = heads(await html({}));
    expect(names.length).toBe(2 + scoreColumns(wideSuite).length + familiesOf(wideSuite).length);
    for (const family of familiesOf(wideSuite)) expect(names.join()).toContain(familyName[family]);
    expect(names.join()).toMatch(/\d scenarios/);
    expect(names.join()).not.toContain('mlp-128');
  });

  it('tells of every scenario when asked, family by family, the controls last', async () => {
    const markup = await html({ detail: 'scenarios' });
    expect(heads(markup).length).toBe(2 + scoreColumns(wideSuite).length + 20);
    expect(groups(markup).slice(2)).toEqual(
      scenarioGroups(wideSuite).map(({ name, scenarios }) => [name, scenarios.length]),
    );
    expect(groups(markup).at(-1)).toEqual(['Controls', 2]);
    expect(heads(markup).at(-1)).toContain('a control');
  });

  it('says of each that does not count why, and says the same in its empty cells', async () => {
    const cells = cellsOf(core2, anyReferenceOf(core2)!);
    const whyNot = (detail: 'scenarios' | 'families', of = cells) =>
      heatGroups(core2, detail, of)
        .flatMap(({ columns }) => columns)
        .flatMap((column) => (column.whyNot ? [`${column.id}: ${column.whyNot}`] : []));
    expect(whyNot('scenarios')).toEqual([
      'label-consistent-mlp-128: does not bite',
      'gradient-matching-mlp-128: biases undo it',
      'label-flip-lr: a control',
      'renamed-classes-lr: a control',
    ]);
    expect(whyNot('families')).toEqual([]);
    const none = cells.map((cell) =>
      cell.scenario === 'badnets-lr' ? { ...cell, counts: false, bites: cell.budget > 0.01 } : cell,
    );
    expect(whyNot('scenarios', none)).toContain('badnets-lr: does not bite, or biases undo it');
    expect(await html({ detail: 'scenarios' })).toContain('not counted: a control');
  });

  it('leads from every scenario’s head to its attack', async () => {
    const links = [
      ...(await html({ detail: 'scenarios' })).matchAll(/aria-label="About [^"]+"[^>]*href="([^"]+)"/g),
    ].map(([, href]) => href);
    expect(links).toEqual(
      scenarioGroups(wideSuite).flatMap(({ scenarios }) => scenarios.map(({ attack }) => `/attacks/${attack}`)),
    );
  });

  it('gives every row as many cells as it has columns', async () => {
    for (const query of [
      { detail: 'families' },
      { detail: 'scenarios' },
      { detail: 'none' },
      { columns: 'assumes.engine' },
    ] as Record<string, string>[]) {
      const markup = await html(query);
      const width = heads(markup).length;
      const rows = [...markup.slice(markup.indexOf('<tbody')).matchAll(/<tr>(.*?)<\/tr>/g)].map(([, row]) =>
        [...row!.matchAll(/<t[hd](?: [^>]*?colSpan="(\d+)")?/g)].reduce((sum, [, span]) => sum + Number(span ?? 1), 0),
      );
      expect(rows).toEqual(wideRows.map(() => width));
    }
  });

  it('keeps what it tells of in its address, and sorts by no column that is not shown', () => {
    expect(viewOf(wideSuite, { sort: 'scenario-3' }).sort).toBe('worst');
    expect(viewOf(wideSuite, { sort: 'scenario-3', detail: 'scenarios' }).sort).toBe('scenario-3');
    expect(addressOf(wideSuite, viewOf(wideSuite, { sort: 'scenario-3', detail: 'scenarios' }))).toBe(
      '/suites/wide-1?sort=scenario-3&detail=scenarios',
    );
    expect(
      addressOf(wideSuite, { ...viewOf(wideSuite, { sort: 'backdoor', direction: 'asc' }), detail: 'scenarios' }),
    ).toBe('/suites/wide-1?detail=scenarios');
    expect(addressOf(smoke1, viewOf(smoke1, { detail: 'scenarios' }))).toBe('/suites/smoke-1');
  });
});

describe('the switch between suites', () => {
  const shown = (suites: (typeof smoke1)[]) =>
    renderToStaticMarkup(createElement(SuiteSwitch, { suites, current: smoke1 }));
  it('names every suite, and which one this is', () => {
    const links = [...shown([wideSuite, smoke1]).matchAll(/<a [^>]*href="([^"]+)"/g)].map(([link, href]) => [
      href,
      link.includes('aria-current="page"'),
    ]);
    expect(links).toEqual([
      ['/suites/wide-1', false],
      ['/suites/smoke-1', true],
    ]);
  });
  it('is none where there is one suite', () => expect(shown([smoke1])).toBe(''));
});

describe('the board of a suite that is scored by version 2', () => {
  const second = { ...wideSuite, rules: { hygiene: 2, scoring: 2 } as const };
  const [oracle, defense] = wideRows;
  const harmful = {
    ...defense!,
    name: 'Harmful',
    worst: { family: 'indiscriminate', value: -0.4, low: -0.6, high: -0.2, n: 10 },
  };
  const shares = {
    worst: null,
    mean: { value: 0.37, low: 0.3, high: 0.44, n: 10 },
    families: {},
    scenarios: {},
    chosen: [],
  };
  const marked = pageHtml(
    createElement(Board, {
      suite: second,
      rows: [oracle!, defense!, harmful],
      view: viewOf(second, {}),
      undefended: { cells: null, bias: shares },
    }),
  );

  it('stands in the order of the mean, the worst family beside it', () => {
    expect(scoreColumns(second).map(({ id }) => id)).toEqual(['mean', 'worst', 'gain', 'utility', 'cost']);
    expect(scoreColumns(wideSuite).map(({ id }) => id)).toEqual(['worst', 'mean', 'gain', 'utility', 'cost']);
    expect(viewOf(second, {}).sort).toBe('mean');
    expect(addressOf(second, viewOf(second, { sort: 'mean' }))).toBe('/suites/wide-1');
    expect(addressOf(second, viewOf(second, { sort: 'worst' }))).toBe('/suites/wide-1?sort=worst');
  });

  it('marks who surely makes it worse in a family, and nobody else', async () =>
    expect((await marked).match(/makes it worse: [a-z ]+/g)).toEqual(['makes it worse: indiscriminate']));

  it('shows what biases alone earn beside the oracle filter', async () => {
    const [upper] = (await marked).split('</tbody>');
    expect(upper).toContain('Oracle filter');
    expect(upper).toContain('Tuned biases');
    expect(upper).toContain('.37');
  });
});
