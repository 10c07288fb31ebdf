import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { sorted } from '../../app/ui/board-rows.ts';
import { addressOf, viewOf } from '../../app/ui/board-view.ts';
import { heatClass } from '../../app/ui/heat.ts';
import { age, bytes, percent, points, score, times } from '../../app/ui/numbers.ts';
import { standingsCsv } from '../../lib/api/standings-csv.ts';
import { standingsParquet } from '../../lib/api/standings-parquet.ts';
import { smoke1 } from '../../lib/catalog/suites/smoke-1.ts';
import type { Standing } from '../../lib/db/standings.ts';

const estimate = (value: number) => ({ value, low: null, high: null, n: 2 });
const row = (name: string, value: number | null, more: Partial<Standing> = {}): Standing => ({
  submission: '00000000-0000-4000-8000-000000000000',
  name,
  author: 'Ada',
  kind: 'shape',
  runtime: 'javascript',
  baseline: null,
  track: 'nothing',
  state: value === null ? 'queued' : 'scored',
  rank: null,
  worst: value === null ? null : { family: 'backdoor', ...estimate(value) },
  mean: value === null ? null : estimate(value),
  utility: null,
  gain: null,
  cost: value === null ? null : estimate(1 + value),
  flags: [],
  families: {},
  scenarios: {},
  engine: 'wasm',
  progress: 0,
  position: null,
  note: null,
  snapshotAt: null,
  computedAt: null,
  submittedAt: '2026-01-01T00:00:00.000Z',
  ...more,
});

describe('the board as CSV', () => {
  const lines = (rows: Standing[]) => standingsCsv({ suite: smoke1, season: null, rows }).split('\r\n');

  it('has a cell for every number with its interval and n, and leaves empty what is not known', () => {
    const [head, line, , end] = lines([
      row('Plain', 0.5, { computedAt: '2026-11-28T10:00:00.000Z' }),
      row('Older', 0.4),
    ]);
    const cells = Object.fromEntries(head!.split(',').map((name, place) => [name, line!.split(',')[place]]));
    expect(cells).toMatchObject({
      name: 'Plain',
      state: 'scored',
      rank_low: '',
      worst: '0.5',
      worst_low: '',
      worst_n: '2',
      worst_family: 'backdoor',
      track: 'nothing',
      utility: '',
      suite: 'smoke-1',
      suite_digest: smoke1.digest,
      license: 'MIT',
      runtime: 'javascript',
      season: '',
      date: '2026-11-28',
    });
    expect(end).toBe('');
  });

  it('has no text that pandas reads as a missing number', () => {
    const words = ['NA', 'N/A', 'n/a', '<NA>', '#NA', 'None', 'null', 'NULL', 'nan', 'NaN', '-nan', '1.#IND'];
    for (const word of words) expect(lines([row(word, 0)])[1]).toContain(`,'${word},`);
    expect(lines([row('Nobody', 0)])[1]).toContain(',Nobody,');
  });

  it('quotes what would break it, and never begins a cell as a formula', () => {
    expect(lines([row('a "b", c', null)])[1]).toContain('"a ""b"", c"');
    for (const name of ['=1+1', '+1', '-1', '@x', '＝1+1', '＠x'])
      expect(lines([row(name, null)])[1]).toContain(`,'${name},`);
    expect(lines([row('=HYPERLINK("x")', null)])[1]).toContain(`"'=HYPERLINK(""x"")"`);
    expect(lines([row('x', -0.5)])[1]).toContain(',-0.5,'); // a number is no formula
  });
});

describe('the board as Parquet', () => {
  const rows = [row('NA', 0.5, { computedAt: '2026-11-28T10:00:00.000Z' }), row('=1+1', null)];
  const file = standingsParquet({ suite: smoke1, season: null, rows });

  it('has the columns of the CSV with their types, texts as they are, and null for what is missing', async () => {
    const read = await parquetReadObjects({ file });
    const [head] = standingsCsv({ suite: smoke1, season: null, rows }).split('\r\n');
    expect(Object.keys(read[0]!)).toEqual(head!.split(','));
    expect(read[0]).toMatchObject({
      name: 'NA',
      worst: 0.5,
      worst_n: 2,
      worst_low: null,
      suite: 'smoke-1',
      season: null,
    });
    expect(read[1]).toMatchObject({ name: '=1+1', worst: null, worst_n: null, state: 'queued', license: 'MIT' });
  });

  it('says of what it is in its own metadata', () => {
    const about = Object.fromEntries(parquetMetadata(file).key_value_metadata!.map(({ key, value }) => [key, value]));
    expect(about).toMatchObject({ suite: 'smoke-1', suite_digest: smoke1.digest, date: '2026-11-28', license: 'MIT' });
  });
});

describe('the view of the board', () => {
  const names = (query: Record<string, string>) =>
    sorted(smoke1, [row('b', 0.2), row('none', null), row('a', 0.9)], viewOf(smoke1, query)).map(({ name }) => name);

  it('is in the address: any column, either direction, rows without the number last', () => {
    expect(names({ sort: 'mean' })).toEqual(['a', 'b', 'none']);
    expect(names({ sort: 'mean', direction: 'asc' })).toEqual(['b', 'a', 'none']);
    expect(names({ sort: 'cost' })).toEqual(['b', 'a', 'none']);
    expect(names({ sort: 'name', direction: 'desc' })).toEqual(['none', 'b', 'a']);
  });

  it('falls back to the usual one for what makes no sense', () => {
    const usual = viewOf(smoke1, {});
    expect(usual).toMatchObject({ sort: 'worst', direction: 'desc', baselines: true, detail: 'scenarios' });
    expect(viewOf(smoke1, { sort: '__proto__', direction: 'up', baselines: 'x' })).toEqual(usual);
    expect(viewOf(smoke1, { sort: ['mean', 'cost'] })).toEqual(usual);
  });

  it('has one address', () => {
    for (const query of [
      {},
      { sort: 'cost' },
      { sort: 'cost', direction: 'desc' },
      { sort: 'badnets-mlp-128', baselines: 'hide' },
    ]) {
      const address = addressOf(smoke1, viewOf(smoke1, query));
      expect(Object.fromEntries(new URL(address, 'http://x').searchParams)).toEqual(query);
    }
  });
});

describe('numbers', () => {
  it('have a true minus, and no negative zero', () => {
    expect([
      score(0.654),
      score(-0.1),
      score(-0.001),
      points(0.0123),
      points(-0.021),
      points(-0.0001),
      percent(0.8374),
    ]).toEqual(['0.65', '−0.10', '0.00', '+1.2', '−2.1', '0.0', '83.7 %']);
    expect([
      times(1),
      times(12.34),
      times(123.4),
      bytes(999),
      bytes(262_144),
      age(59),
      age(3600),
      age(200_000),
    ]).toEqual(['1.00×', '12.3×', '123×', '999 bytes', '262.1 kB', '59 s ago', '1 hour ago', '2 days ago']);
  });

  it('have one of eleven colors from 0 to 1, and a hatch below', () => {
    expect([heatClass(-1), heatClass(-0.01), heatClass(-0.001), heatClass(0), heatClass(0.55), heatClass(1)]).toEqual([
      'heat-below',
      'heat-below',
      'heat-0',
      'heat-0',
      'heat-6',
      'heat-10',
    ]);
  });
});
