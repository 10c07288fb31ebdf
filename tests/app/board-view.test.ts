import { describe, expect, it } from 'vitest';
import { presetViews } from '../../app/ui/board-presets.ts';
import { shownRows } from '../../app/ui/board-rows.ts';
import { addressOf, isAddressOf, viewOf } from '../../app/ui/board-view.ts';
import { wideRows, wideSuite } from '../support/wide-suite.ts';

type Query = Record<string, string | string[]>;
const [oracle, plain] = wideRows;
const rows = [
  oracle!,
  { ...plain!, name: 'Trimmed losses', author: 'Ada', kind: 'filter' as const },
  { ...plain!, name: 'Ünïcode votes', author: 'Grace', kind: 'train' as const, runtime: 'python:numpy' as const },
  { ...plain!, name: 'Held out', author: 'Ada', track: 'clean-data' as const, flags: ['one-class'] },
  { ...plain!, name: 'DP-SGD', author: 'Antidote', baseline: 'dp-sgd' as const },
  wideRows.at(-1)!,
];
/** Without the brackets, which stand in every view. */
const names = (query: Query) =>
  shownRows(wideSuite, rows, viewOf(wideSuite, query))
    .map(({ name }) => name)
    .slice(1, -1);

describe('a view of the board', () => {
  it.each<[string, Query, string[]]>([
    ['a name', { search: 'trimmed' }, ['Trimmed losses']],
    ['an author', { search: 'GRACE' }, ['Ünïcode votes']],
    ['a kind and an author', { search: ' filter  ada ' }, ['Trimmed losses']],
    ['a language', { search: 'python' }, ['Ünïcode votes']],
    ['a set of packages', { search: 'numpy' }, ['Ünïcode votes']],
    ['an assumption', { search: 'clean data' }, ['Held out']],
    ['letters beyond ASCII', { search: 'ÜNÏCODE' }, ['Ünïcode votes']],
    ['nothing that there is', { search: 'no such row' }, []],
    ['a kind', { kind: 'train' }, ['Ünïcode votes']],
    ['a track', { track: 'clean-data' }, ['Held out']],
    ['a language by itself', { language: 'python' }, ['Ünïcode votes']],
    ['no flag, no baseline', { flags: 'none', baselines: 'hide' }, ['Trimmed losses', 'Ünïcode votes']],
    ['a flag', { flags: 'some' }, ['Held out']],
    [
      'nonsense',
      { kind: 'x', track: 'x', flags: 'x', columns: 'x', search: ['a', 'b'] },
      rows.slice(1, -1).map((r) => r.name),
    ],
  ])('has the rows asked for by %s, and always both brackets', (_, query, expected) => {
    expect(names(query)).toEqual(expected);
    const all = shownRows(wideSuite, rows, viewOf(wideSuite, query));
    expect([all[0]!.baseline, all.at(-1)!.baseline]).toEqual(['oracle-filter', 'none']);
  });

  it.each<[Query, string]>([
    [{}, ''],
    [{ search: '', kind: '', track: '', language: '', flags: '', sort: 'worst', direction: 'desc' }, ''],
    [{ columns: ['cost', 'mean'] }, '?columns=mean.cost'],
    [{ columns: 'cost.mean.nothing' }, '?columns=mean.cost'],
    [{ columns: ['places', 'gain', 'cost', 'utility', 'worst', 'mean'] }, ''],
    [{ detail: 'none', sort: 'backdoor' }, '?detail=none'],
    [{ flags: 'none', search: '  two   words ', kind: 'filter' }, '?search=two+words&kind=filter&flags=none'],
    [{ search: 'x'.repeat(200) }, `?search=${'x'.repeat(80)}`],
  ])('of %j has one address', (query, expected) => {
    const view = viewOf(wideSuite, query);
    const address = addressOf(wideSuite, view);
    expect(address).toBe(`/suites/wide-1${expected}`);
    const own = Object.fromEntries(new URL(address, 'http://x').searchParams);
    expect(viewOf(wideSuite, own)).toEqual(view);
    expect(isAddressOf(wideSuite, view, own)).toBe(true);
    expect(isAddressOf(wideSuite, view, { ...own, more: '1' })).toBe(false);
  });

  it('that is often wanted is an address like any other', () => {
    const addresses = presetViews(wideSuite).map(({ view }) => addressOf(wideSuite, view));
    expect(addresses[0]).toBe('/suites/wide-1');
    expect(new Set(addresses).size).toBe(4);
    for (const { view } of presetViews(wideSuite)) {
      const own = Object.fromEntries(new URL(addressOf(wideSuite, view), 'http://x').searchParams);
      expect(viewOf(wideSuite, own)).toEqual(view);
    }
  });
});
