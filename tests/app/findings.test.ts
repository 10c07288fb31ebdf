import { createElement } from 'react';
import { beforeAll, describe, expect, it } from 'vitest';
import { Findings } from '../../app/findings/findings.tsx';
import * as says from '../../app/findings/statements.ts';
import { ticksOver } from '../../app/ui/ticks.ts';
import type { BaselineId } from '../../lib/catalog/baselines/index.ts';
import { core1 } from '../../lib/catalog/suites/core-1.ts';
import { core2 } from '../../lib/catalog/suites/core-2.ts';
import { smoke1 } from '../../lib/catalog/suites/smoke-1.ts';
import { anyReferenceOf } from '../../lib/scoring/references.ts';
import type { BestByFamily } from '../../lib/studies/findings/best-by-family.ts';
import type { Clipping } from '../../lib/studies/findings/clipping.ts';
import type { HarmedCell } from '../../lib/studies/findings/harm.ts';
import { singleSeedsOf } from '../../lib/studies/findings/single-seeds.ts';
import { tableOf } from '../../lib/studies/findings/table.ts';
import { underTrainingOf } from '../../lib/studies/findings/under-training.ts';
import { pageHtml } from '../support/page-html.ts';
import { syntheticTable } from '../support/synthetic-table.ts';
import { workedTable } from '../support/worked-table.ts';

const estimate = (value: number) => ({ value, low: value - 0.1, high: value + 0.1, n: 10 });

/** Ten seeds whose mean is this. */
const wave = (mean: number, size: number) => [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((at) => mean + (at % 2 ? size : -size));

const harmed = (rho: number, id: BaselineId = 'clip-only', family = 'indiscriminate'): HarmedCell => ({
  id,
  cell: { scenario: 'confidence-flip-lr', budget: 0.1, family },
  rho: estimate(rho),
});

describe('the sentence above a plot says what its numbers say', () => {
  it('of clipping: a threshold, one for some, or none that is shown', () => {
    const clipping = (...fallsAt: (number | 'holds' | null)[]): Clipping => ({
      curves: fallsAt.map((at) => ({
        id: 'clip-only',
        model: 'lr',
        points: [],
        fallsAt: typeof at === 'number' ? at : null,
        holds: at === 'holds',
      })),
      tighter: { better: 1, worse: 2, of: 4 },
      uncounted: [],
      missing: [],
    });
    expect(says.clippingStatement(clipping(0.03, 0.05))).toBe(
      'Clipping has a threshold: all 2 curves surely fall below half of the damage undone, the first at 3 % poison and the last at 5 %. The tighter norm, C 0.1, surely undoes more than C 1 in 1 of 4 cells and surely less in 2.',
    );
    expect(says.clippingStatement(clipping(0.05, null, 'holds'))).toMatch(
      /^1 of the 3 curves surely falls below half .* the first at 5 % poison, and 1 of the 3 surely undoes more than half at every rate that counts/,
    );
    expect(says.clippingStatement(clipping(null))).toMatch(
      /^That clipping has a threshold is not shown: none of the 1/,
    );
    expect(says.clippingStatement(clipping())).toBeNull();
  });

  it('of harm: how much and where most, or none', () => {
    const harm = (cells: HarmedCell[], tried = 40) => says.harmStatement({ cells, tried, missing: [] }, core1);
    expect(harm([harmed(-0.6), harmed(-0.3)])).toBe(
      'In 2 of the 40 cells tried shaping gradients is surely worse than no defense, most of all Clipping, C 1 under Confidence flip 10 %, lr (ρ −0.60); all of them belong to the family indiscriminate.',
    );
    expect(harm([harmed(-0.6)])).toBe(
      'In 1 of the 40 cells tried shaping gradients is surely worse than no defense: Clipping, C 1 under Confidence flip 10 %, lr (ρ −0.60).',
    );
    expect(harm([])).toBe('In none of the 40 cells tried is shaping gradients surely worse than no defense.');
    expect(harm([], 0)).toBeNull();
  });

  it('of under-training: who mostly does better', () => {
    const found = (better: number, worse: number, of = 10) =>
      says.underTrainingStatement({ frontier: [], settings: [], better, worse, of, missing: [] });
    expect(found(6, 2)).toMatch(
      /^DP-SGD is mostly more than training less: .*surely gains in 6 of 10 cells and surely loses in 2\.$/,
    );
    expect(found(2, 6)).toMatch(/^Training less mostly does better than DP-SGD/);
    expect(found(1, 2)).toMatch(/^DP-SGD can mostly not be told from training less/);
    expect(found(5, 5)).toMatch(/^Neither/);
    expect(found(0, 0, 0)).toBeNull();
  });

  it('of families: whether one defense is best everywhere, or who comes farthest', () => {
    const row = (id: BaselineId) => ({
      id,
      submission: '',
      collapsed: false,
      worst: estimate(0),
      mean: estimate(0),
      families: {},
    });
    const rows = (['dpa', 'sever', 'deep-knn'] as const).map(row);
    const families = ['backdoor', 'targeted', 'adaptive'] as const;
    const found = (ids: BaselineId[], of: number, alike: BaselineId[] = []): BestByFamily => ({
      families,
      rows,
      best: families.map((family) => ({ family, id: 'dpa', alike })),
      compared: rows.map(({ id }) => id),
      leaders: { ids, of },
    });
    expect(says.bestByFamilyStatement(found(['dpa'], 3))).toBe('DPA is surely the best in all 3 families.');
    expect(says.bestByFamilyStatement(found(['dpa'], 3, ['sever']))).toBe(
      'DPA can’t be told from the best in any of the 3 families, and no other defense stands so.',
    );
    expect(says.bestByFamilyStatement(found(['dpa', 'sever'], 3, ['sever']))).toBe(
      'DPA and SEVER can’t be told from the best in any of the 3 families.',
    );
    expect(says.bestByFamilyStatement(found(['dpa'], 2))).toBe(
      'No defense is best everywhere: each of the 3 compared is surely behind another in some family. DPA comes farthest, among the best in 2 of 3.',
    );
    expect(says.bestByFamilyStatement({ ...found(['dpa'], 3), compared: ['dpa'] })).toBeNull();
  });

  it('of single seeds: how often they mislead, or that they do not', () => {
    const found = {
      seeds: 10,
      rows: [],
      wrong: 0.061,
      widest: { id: 'dpa', spread: 0.32 } as const,
      pairs: [{ above: 'dpa', below: 'sever', reversed: 3 } as const],
    };
    expect(says.singleSeedsStatement(found)).toBe(
      'The one pair stands the other way round by at least one seed taken alone, and a seed drawn at random has 6.1 % of all pairs wrong; one and the same row, DPA, scores 0.32 apart on two seeds.',
    );
    expect(says.singleSeedsStatement({ ...found, pairs: [{ ...found.pairs[0]!, reversed: 0 }] })).toMatch(
      /^No seed taken alone reverses the one pair: one seed/,
    );
    expect(says.singleSeedsStatement({ ...found, pairs: [] })).toBeNull();
  });

  it('of certificates: how far they reach, and whether the attacks lie beyond', () => {
    const cell = { scenario: 'target-insertion-lr', budget: 100, family: 'targeted' };
    const found = (changed: number | null, sure: 'more' | null = 'more') => ({
      curves: [
        {
          id: 'dpa',
          dataset: 'fashion-mnist',
          model: 'lr',
          points: [0, 1, 16].map((rows) => ({ rows, accuracy: estimate(0.8 - 0.02 * rows) })),
        },
      ] as const,
      insertions: [
        { id: 'dpa', cell, changed, robust: estimate(0.5), undefended: estimate(0.1), rho: estimate(0.5), sure },
      ] as const,
      missing: [],
    });
    expect(says.certifiedStatement(found(4000))).toBe(
      'DPA certifies 78.0 % of the test rows on lr against one row put in or taken out, and 48.0 % against 16; under the attacks that insert rows, which change 4000 rows and more and so lie beyond what is certified, it surely undoes some of the damage in 1 of 1 cells.',
    );
    expect(says.certifiedStatement(found(4000, null))).toMatch(/some of the damage in 0 of 1 cells\.$/);
    const both = [...found(4000).insertions, ...found(null).insertions];
    expect(says.certifiedStatement({ ...found(4000), insertions: both })).toMatch(
      /which, where their number is fixed, change 4000 rows .* in 2 of 2 cells\.$/,
    );
    const finite = { ...found(4000, null).insertions[0], id: 'finite-aggregation' } as const;
    expect(says.certifiedStatement({ ...found(4000), insertions: [...found(4000).insertions, finite] })).toMatch(
      /it surely undoes some of the damage in 1 of 1 cells, Finite aggregation in 0 of 1\.$/,
    );
    expect(says.certifiedStatement(found(8))).toMatch(/some of which lie within what is certified/);
    expect(says.certifiedStatement(found(null))).toMatch(/48\.0 % against 16\.$/);
    expect(says.certifiedStatement({ curves: [], insertions: [], missing: ['dpa'] })).toBeNull();
  });

  it('of false positives: who leaves out least and most, and who surely pays for it, or that nobody is shown to', () => {
    const run = (id: BaselineId, leftOut: number, utility: number) =>
      ({
        id,
        dataset: 'fashion-mnist',
        model: 'lr',
        leftOut: estimate(leftOut),
        utility: estimate(utility),
        loses: utility < -0.01,
      }) as const;
    const subset = { ...run('sphere-slab', 0.088, -0.006), dataset: 'fashion-mnist-3-4' } as const;
    expect(
      says.falsePositivesStatement({
        runs: [run('deep-knn', 0.217, -0.046), run('sever', 0.185, -0.029), subset],
        missing: [],
      }),
    ).toBe(
      'Where no row is poison, Sphere and slab on fashion-mnist-3-4, lr leaves out the least, 8.8 % of the rows, and Deep k-NN on lr the most, 21.7 %; 2 of 3 surely lose clean accuracy by it, Deep k-NN on lr the most, 4.6 points.',
    );
    expect(says.falsePositivesStatement({ runs: [run('sever', 0.185, 0.002)], missing: [] })).toBe(
      'Where no row is poison, every filter leaves out 18.5 % of the rows; that any loses clean accuracy by it is not shown.',
    );
    expect(says.falsePositivesStatement({ runs: [], missing: [] })).toBeNull();
  });

  it('of the order: what it hangs on, or that it is steady', () => {
    const published: BaselineId[] = ['dpa', 'sever', 'deep-knn'];
    const same = { change: { kind: 'raw' }, order: published, tau: 1, cells: 3 } as const;
    const turned = {
      change: { kind: 'without', family: 'backdoor' },
      order: ['sever', 'deep-knn', 'dpa'] as BaselineId[],
      tau: -1 / 3,
      cells: 2,
    } as const;
    expect(says.stabilityStatement({ published, cells: 3, variants: [same, turned] })).toBe(
      '1 of the 2 changes moves some row; the order hangs most on “without backdoor” (τ −0.33), where DPA moves by 2 of 3 places.',
    );
    expect(says.stabilityStatement({ published, cells: 3, variants: [same] })).toBe(
      'None of the 1 changes moves a single row.',
    );
    expect(says.stabilityStatement({ published: ['dpa'], cells: 3, variants: [] })).toBeNull();
    expect(says.changeName({ kind: 'gate', factor: 0.8 })).toBe('gates −20\u00a0%');
  });
});

describe('a sentence names all that are printed alike, and none of them as the first', () => {
  const harm = (cells: HarmedCell[]) => says.harmStatement({ cells, tried: 40, missing: [] }, core1);

  it('cells of harm, and families with as many of them', () => {
    const cells = [
      harmed(-0.601),
      harmed(-0.599, 'dp-sgd', 'adaptive'),
      harmed(-0.3),
      harmed(-0.2, 'dp-sgd', 'adaptive'),
    ];
    expect(harm(cells)).toBe(
      'In 4 of the 40 cells tried shaping gradients is surely worse than no defense, most of all Clipping, C 1 under Confidence flip 10 %, lr and DP-SGD, C 1, σ 0.5 under Confidence flip 10 %, lr (ρ −0.60); 2 of them belong to each of the families indiscriminate and adaptive.',
    );
    expect(harm([...cells, harmed(-0.1)])).toMatch(/; 3 of them belong to the family indiscriminate\.$/);
    expect(harm([1, 2, 3, 4].map(() => harmed(-1)))).toMatch(/, in 4 of them as far as ρ −1\.00; all of them/);
  });

  it('filters that leave out as much, or cost as much', () => {
    const run = (model: string, leftOut: number, utility: number) =>
      ({
        id: 'trimmed-loss',
        dataset: 'fashion-mnist',
        model,
        leftOut: estimate(leftOut),
        utility: estimate(utility),
        loses: utility < 0,
      }) as const;
    const runs = [
      run('lr', 0.19987, -0.0301),
      run('mlp-128', 0.19991, -0.0299),
      { ...run('lr', 0.1, -0.01), id: 'sever', loses: false },
    ] as const;
    expect(says.falsePositivesStatement({ runs, missing: [] })).toBe(
      'Where no row is poison, SEVER on lr leaves out the least, 10.0 % of the rows, and Trimmed loss on mlp-128 and Trimmed loss on lr the most, 20.0 %; 2 of 3 surely lose clean accuracy by it, Trimmed loss on lr and Trimmed loss on mlp-128 the most, 3.0 points.',
    );
  });

  it('changes on which the order hangs, and rows that move as far', () => {
    const published: BaselineId[] = ['dpa', 'sever', 'deep-knn'];
    const turned = (kind: 'raw' | 'gate', order: BaselineId[]) =>
      ({ change: kind === 'raw' ? { kind } : { kind, factor: 0.8 }, order, tau: -1 / 3, cells: 2 }) as const;
    const variants = [turned('raw', ['sever', 'deep-knn', 'dpa']), turned('gate', ['deep-knn', 'dpa', 'sever'])];
    expect(says.stabilityStatement({ published, cells: 3, variants })).toBe(
      '2 of the 2 changes move some row; the order hangs most on “raw P” and “gates −20\u00a0%” (τ −0.33), where DPA and Deep k-NN move by 2 of 3 places.',
    );
  });

  it('rows of a family, in its plot and in its table', async () => {
    const table = workedTable({
      scenarios: [{ id: 'patch', attack: 'badnets', family: 'backdoor', model: 'lr', budgets: [0.01] }],
      undefended: { 'patch 0.01': 0.1 },
      rows: { dpa: { 'patch 0.01': wave(0.8, 0.02) }, sever: { 'patch 0.01': wave(0.801, 0.01) } }, // ρ .875 and .876
    });
    const page = await pageHtml(createElement(Findings, { suite: table.suite, table }));
    expect(page).toContain('Backdoor: SEVER and DPA, 0.88');
    expect(page.match(/>best<\/span>/g)).toHaveLength(2);
  });
});

describe('the page of findings', () => {
  const html = async (ids?: BaselineId[]) =>
    (await pageHtml(createElement(Findings, { suite: core1, table: syntheticTable(ids) }))).replaceAll('\u00a0', ' ');
  let full: string;
  beforeAll(async () => {
    full = await html();
  });

  it('is so small that the whole page has at most 300 kB, of which 30 are its frame', () =>
    expect(Buffer.byteLength(full)).toBeLessThan(270_000));

  it('has, for every plot, a title and a description that belong to it', () => {
    const plots = [...full.matchAll(/<svg [^>]*role="img"[^>]*>/g)].map(([tag]) => tag);
    expect(plots.length).toBeGreaterThanOrEqual(10);
    const ids = [...full.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(ids.length).toBe(new Set(ids).size);
    for (const plot of plots) {
      const [title, about] = plot.match(/aria-labelledby="([^"]+)"/)![1]!.split(' ');
      expect(full).toMatch(new RegExp(`<title id="${title}">[^<]+</title>`));
      expect(full).toMatch(new RegExp(`<desc id="${about}">[^<]+</desc>`));
    }
  });

  it('has the numbers of every plot in a table with a caption', () => {
    const tables = full.match(/<table/g)!.length;
    expect(full.match(/<caption/g)!.length).toBe(tables);
    expect(tables).toBeGreaterThanOrEqual(10);
    const { settings } = underTrainingOf(syntheticTable());
    const gain = settings[0]!.cells[0]!.gain.value.toFixed(2).replace('-', '−');
    expect(full).toContain(`>${gain}<span class="beside">`);
    const [pair] = singleSeedsOf(syntheticTable()).pairs.filter(({ reversed }) => reversed > 0);
    expect(full).toContain(`${pair!.reversed} of 10`);
  });

  it('names the rows that a plot lacks, and shows what is there', async () => {
    const some = await html(['none', 'dp-sgd', 'sever']);
    expect(some).toContain(
      'It needs the rows of Clipping, C 1; Clipping, C 0.1; DP-SGD, C 1, σ 1; DP-SGD, C 1, σ 2; and DP-SGD, C 0.1, σ 1, not computed yet.',
    );
    expect(some).toContain('It needs the row of DPA, not computed yet.');
    expect(some).toContain(
      'It needs the rows of Sphere and slab; Spectral signatures; Activation clustering; Deep k-NN; and Trimmed loss, not computed yet.',
    );
    expect(some).toContain('BadNets on MLP, 128 units');
    expect(some).toContain('3 of 18 rows are computed, 2 of them defenses');
    expect(await html(['clip-only'])).toContain('It needs two rows at least; one is computed yet.');
    expect(await html([])).not.toContain('role="img"');
  });

  it('says of each rate that is left out why it does not count', async () => {
    const table = tableOf(core2, anyReferenceOf(core2)!, []);
    expect((await pageHtml(createElement(Findings, { suite: core2, table }))).replaceAll('\u00a0', ' ')).toContain(
      '>Not counted, for tuned biases undo more than half of the damage there: BadNets 1 %, lr and BadNets 1 %, mlp-128.<',
    );
  });

  it('says once what “surely” means, and whose intervals are widened by which rules', async () => {
    const table = tableOf(core2, anyReferenceOf(core2)!, []);
    const ofCore2 = await pageHtml(createElement(Findings, { suite: core2, table }));
    for (const page of [full, ofCore2]) expect(page.match(/Holm’s correction/g)).toHaveLength(1);
    expect(ofCore2).toContain('1.25 times as wide');
    expect(full).not.toContain('1.25 times as wide');
  });

  it('gives no rank, and says why', () => {
    expect(full).toContain('ranks exist only in a season');
    expect(full.replace('There is no rank here, for ranks exist only in a season', '')).not.toMatch(
      /\branks?\b|\branked\b/i,
    );
  });

  it('has nothing to say of a suite with too few seeds to be ranked', async () => {
    const page = await pageHtml(createElement(Findings, { suite: smoke1, table: null }));
    expect(page).toContain('No ranked suite is published yet');
    expect(page).not.toContain('role="img"');
  });
});

describe('an axis', () => {
  it('has round ticks with room for 0 and for all values, and ends at −1 and 1', () => {
    expect(ticksOver([-0.16, 0.23])).toEqual([-0.2, -0.1, 0, 0.1, 0.2, 0.3]);
    expect(ticksOver([-3, -0.2])).toEqual([-1, -0.8, -0.6, -0.4, -0.2, 0]);
    expect(ticksOver([-0.9, 1])).toEqual([-1, -0.5, 0, 0.5, 1]);
    expect(ticksOver([0.2, 1])).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(ticksOver([]).length).toBeGreaterThan(1);
  });
});
