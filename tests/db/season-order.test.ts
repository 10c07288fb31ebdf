import { expect, it } from 'vitest';
import type { Estimate } from '../../lib/contract/report.ts';
import { byPlace } from '../../lib/db/season-rows.ts';

type Row = Parameters<typeof byPlace>[0];
const mean = (value: number): { mean: Estimate } => ({ mean: { value, low: value, high: value, n: 10 } });
const row = (id: string, change: Partial<Row>): Row => ({
  id,
  rank: [1, 5],
  flags: [],
  withdrawnAt: null,
  scores: mean(0),
  ...change,
});

it('a closed season’s rows stand as their places do: a collapsed one after all others, whatever its mean', () => {
  const rows = [
    row('withdrawn', { rank: null, scores: null, withdrawnAt: '2027-01-01T00:00:00Z' }),
    row('collapsed, better', { flags: ['collapsed'], scores: mean(0.7) }),
    row('harmful', { scores: mean(-0.4) }),
    row('late', { rank: null, scores: mean(0.9) }),
    row('good', { scores: mean(0.5) }),
    row('collapsed, worse', { flags: ['collapsed'], scores: mean(-0.5) }),
    row('not scored', { rank: null, scores: null }),
  ];
  expect(rows.sort(byPlace).map(({ id }) => id)).toEqual([
    'good',
    'harmful',
    'collapsed, better',
    'collapsed, worse',
    'late',
    'not scored',
    'withdrawn',
  ]);
});
