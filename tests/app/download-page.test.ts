import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { FileList } from '../../app/suites/[suite]/download/files.tsx';
import { GateTable } from '../../app/suites/[suite]/download/gates.tsx';
import { findGates } from '../../lib/catalog/suites/gates.ts';
import { smoke1 } from '../../lib/catalog/suites/smoke-1.ts';

const sha256 = `sha256:${'a'.repeat(64)}` as const;
const filesOf = (seeds: number) => [
  { path: 'manifest.json', bytes: 5, sha256 },
  ...['one', 'two'].flatMap((scenario) =>
    Array.from({ length: seeds }, (_, seed) => ({
      path: `${scenario}/0.1/seed-${seed}/poison.safetensors`,
      bytes: 1_000_000,
      sha256,
    })),
  ),
];
const shown = (seeds: number) => renderToStaticMarkup(FileList({ suite: 'toy-1', files: filesOf(seeds) }));

describe('the files of a suite', () => {
  it.each([3, 160])('are all in the page, under their scenario, with %i seeds', (seeds) => {
    const html = shown(seeds);
    for (const { path } of filesOf(seeds)) expect(html).toContain(`href="/api/v1/suites/toy-1/files/${path}"`);
    expect(html.match(/<tbody>.*?<\/tbody>/gs)?.map((table) => table.match(/<tr/g)?.length)).toEqual([1, seeds, seeds]);
    expect(html).toContain(`${seeds} files, ${seeds}.0 MB`);
  });

  it('are open where there are few and folded where there are hundreds', () => {
    const open = (html: string) => html.match(/<details[^>]*>/g)!.map((tag) => tag.includes('open'));
    expect([open(shown(3)), open(shown(160))]).toEqual([
      [true, true],
      [false, false],
    ]);
  });
});

describe('the gates', () => {
  const gates = findGates(smoke1)!;
  it('are a row for each test, with its number and its bound', () => {
    const html = renderToStaticMarkup(GateTable({ suite: smoke1, gates }));
    expect(html.match(/>passed</g)).toHaveLength(7);
    expect(html).toContain(`p = ${gates.leaks.tests[0]!.p.toFixed(4)} over 8 cells, want above 0.001`);
  });

  it('of a drawn suite say what can be told by counting in a whole training set', () => {
    const trial = { dataset: 'fashion-mnist', model: 'lr', feature: 'labels', tells: 'attack' } as const;
    const trials = [
      { ...trial, of: 'badnets', auc: 0.5, ok: true },
      { ...trial, tells: 'target' as const, of: 'target', auc: 0.97, ok: false },
    ];
    const html = renderToStaticMarkup(
      GateTable({ suite: smoke1, gates: { ...gates, leaks: { ...gates.leaks, trials, ok: false } } }),
    );
    expect(html).toContain('tell the attack on lr with an area under the curve of 0.500 (badnets), want within 0.1');
    expect(html).toContain('tell its target on lr with an area under the curve of 0.970, want');
    expect(html.match(/>failed</g)).toHaveLength(1);
  });

  it('that were not passed say so, and why', () => {
    const [place, ...others] = gates.leaks.tests;
    const leaks = {
      ...gates.leaks,
      tests: [{ ...place!, ok: false }, ...others],
      broken: ['a row has an exact copy'],
      ok: false,
    };
    const html = renderToStaticMarkup(
      GateTable({
        suite: smoke1,
        gates: { ...gates, leaks, budgets: { cells: 8, broken: ['700 rows, the budget allows 600'], ok: false } },
      }),
    );
    expect(html.match(/>failed</g)).toHaveLength(3);
    for (const why of ['a row has an exact copy', '700 rows, the budget allows 600']) expect(html).toContain(why);
  });
});
